import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOf, newUser, startTenant, type Json, type TestTenant } from './support/tenant.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant()
})
afterAll(() => tenant.close())

const details = (body: Json) => (body['error'] as Json)['details'] as Json[] | undefined
const message = (body: Json) => String((body['error'] as Json)['message'])

describe('creating an account', () => {
  test.each([
    ['a taken user principal name', newUser('adelev', { mailNickname: 'x1' }), 'userPrincipalName'],
    ['a taken mail nickname', newUser('x2', { mailNickname: 'adelev' }), 'mailNickname'],
    ['an address that is somebody’s', newUser('x3', { mail: 'adelev@contoso.com' }), 'proxyAddresses'],
  ])('%s is a 400 that says which value is taken', async (_case, body, target) => {
    const { status, code, body: answer } = await tenant.send('POST', '/users', body)
    expect([status, code]).toEqual([400, 'Request_BadRequest'])
    expect(details(answer)).toEqual([expect.objectContaining({ code: 'ObjectConflict', target })])
  })

  test.each([
    ['an unknown domain', newUser('x', { userPrincipalName: 'x@elsewhere.example' }), /verified domain/],
    ['an unverified domain', newUser('x', { userPrincipalName: 'x@newbrand.example' }), /verified domain/],
    ['an accent in the name', newUser('x', { userPrincipalName: 'zoë@contoso.com' }), /userPrincipalName/],
    ['a dot before the @', newUser('x', { userPrincipalName: 'x.@contoso.com' }), /userPrincipalName/],
    [
      'a federated domain without an immutable id',
      newUser('x', { userPrincipalName: 'x@fabrikam.com' }),
      /onPremisesImmutableId/,
    ],
    ['a weak password', newUser('x', { passwordProfile: { password: 'alllowercase' } }), /complexity/],
    ['a short password', newUser('x', { passwordProfile: { password: 'Ab1!' } }), /complexity/],
    ['no password', newUser('x', { passwordProfile: {} }), /password/],
    ['no display name', newUser('x', { displayName: undefined }), /displayName/],
    ['a country’s name for a usage location', newUser('x', { usageLocation: 'Germany' }), /usageLocation/],
    ['an employee id that is too long', newUser('x', { employeeId: '12345678901234567' }), /employeeId/],
    ['an empty text', newUser('x', { jobTitle: '' }), /jobTitle/],
    ['a second business phone', newUser('x', { businessPhones: ['1', '2'] }), /businessPhones/],
    ['an unknown property', newUser('x', { shoeSize: 43 }), /shoeSize/],
    ['a read-only property', newUser('x', { proxyAddresses: ['SMTP:x@contoso.com'] }), /proxyAddresses/],
  ])('%s is refused', async (_case, body, words) => {
    const answer = await tenant.send('POST', '/users', body)
    expect([answer.status, answer.code]).toEqual([400, 'Request_BadRequest'])
    expect(message(answer.body)).toMatch(words)
  })

  test('a federated domain works with an immutable id, and its password cannot be set', async () => {
    const body = newUser('fed', { userPrincipalName: 'fed@fabrikam.com', onPremisesImmutableId: 'ZmVk' })
    const created = await tenant.send('POST', '/users', body)
    expect(created.status).toBe(201)
    const patch = { passwordProfile: { password: 'Other-Start-9!' } }
    expect((await tenant.send('PATCH', `/users/${idOf(created)}`, patch)).status).toBe(400)
  })

  test('the answer has the default properties and never the password', async () => {
    const { body } = await tenant.send('POST', '/users', newUser('quiet'))
    expect(Object.keys(body).filter((name) => !name.startsWith('@'))).toHaveLength(11)
    const read = await tenant.get('/users/quiet@contoso.com?$select=id,passwordProfile,accountEnabled')
    expect(read.body).toMatchObject({ passwordProfile: null, accountEnabled: true })
  })

  test('the manager can come with the creation', async () => {
    const manager = `${tenant.url}/v1.0/users/${tenant.ids.users.megan}`
    await tenant.send('POST', '/users', newUser('led', { 'manager@odata.bind': manager }))
    expect((await tenant.get('/users/led@contoso.com/manager')).body).toMatchObject({ displayName: 'Megan Bowen' })
  })
})

describe('changing an account', () => {
  test('null clears a property, and what Graph does not let change is refused', async () => {
    const path = `/users/${tenant.ids.users.lee}`
    expect((await tenant.send('PATCH', path, { jobTitle: null })).status).toBe(204)
    expect((await tenant.get(path)).body['jobTitle']).toBeNull()
    expect((await tenant.send('PATCH', path, { showInAddressList: false })).status).toBe(400)
    expect((await tenant.send('PATCH', path, { displayName: null })).status).toBe(400)
  })

  test('a guest is found by the user principal name, encoded', async () => {
    const name = encodeURIComponent('partner_fabrikam.example#EXT#@contoso.onmicrosoft.com')
    expect((await tenant.get(`/users/${name}?$select=userType`)).body['userType']).toBe('Guest')
  })

  test('a renamed account is found by its new name only, and its old name is free', async () => {
    const id = idOf(await tenant.send('POST', '/users', newUser('before')))
    await tenant.send('PATCH', `/users/${id}`, { userPrincipalName: 'after@contoso.com' })
    expect((await tenant.get('/users/before@contoso.com')).status).toBe(404)
    expect((await tenant.get('/users/after@contoso.com')).body['id']).toBe(id)
    const again = newUser('before', { mailNickname: 'before2' })
    expect((await tenant.send('POST', '/users', again)).status).toBe(201)
  })

  test('an account mastered on-premises refuses changes, except its usage location', async () => {
    const path = `/users/${tenant.ids.users.synced}`
    const refused = await tenant.send('PATCH', path, { department: 'IT' })
    expect([refused.status, refused.code]).toEqual([400, 'Request_BadRequest'])
    expect((await tenant.send('PATCH', path, { usageLocation: 'GB' })).status).toBe(204)
  })

  test('an app cannot move a hire date that has been set', async () => {
    const answer = await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, {
      employeeHireDate: '2026-01-01T00:00:00Z',
    })
    expect([answer.status, answer.code]).toEqual([403, 'Authorization_RequestDenied'])
  })

  test('a password works at sign-in until it is replaced or the account is disabled', async () => {
    await tenant.send('POST', '/users', newUser('entry'))
    const userPrincipalName = 'entry@contoso.com'
    const attempt = (password: string) => tenant.control('POST', '/sign-in', { userPrincipalName, password })
    expect(await attempt('Fresh-Start-9!')).toEqual({ ok: true, reason: 'signed-in', mustChangePassword: true })
    await tenant.send('PATCH', `/users/${userPrincipalName}`, {
      passwordProfile: { password: 'Other-Start-9!', forceChangePasswordNextSignIn: false },
    })
    expect(await attempt('Fresh-Start-9!')).toEqual({ ok: false, reason: 'wrong-password' })
    expect(await attempt('Other-Start-9!')).toMatchObject({ ok: true, mustChangePassword: false })
    await tenant.send('PATCH', `/users/${userPrincipalName}`, { accountEnabled: false })
    expect(await attempt('Other-Start-9!')).toEqual({ ok: false, reason: 'disabled' })
  })

  test('revoking sessions moves the moment from which sessions count, but not for guests', async () => {
    const since = async (id: string) =>
      (await tenant.get(`/users/${id}?$select=signInSessionsValidFromDateTime`)).body['signInSessionsValidFromDateTime']
    const { guest, joni } = tenant.ids.users
    const before = [await since(joni), await since(guest)]
    const answer = await tenant.send('POST', `/users/${joni}/revokeSignInSessions`)
    await tenant.send('POST', `/users/${guest}/revokeSignInSessions`)
    expect([answer.status, answer.body['value']]).toEqual([200, true])
    expect(Date.parse(String(await since(joni)))).toBeGreaterThanOrEqual(Date.parse(String(before[0])))
    expect(await since(guest)).toBe(before[1])
  })
})

describe('acting on administrators', () => {
  const disable = (id: string) => tenant.send('PATCH', `/users/${id}`, { accountEnabled: true })

  test('a User Administrator may not touch a Global Administrator, nor a member of a role-assignable group', async () => {
    const { admin, hanna, allan } = tenant.ids.users
    for (const id of [admin, hanna, allan]) {
      const answer = await disable(id)
      expect([answer.status, answer.code]).toEqual([403, 'Authorization_RequestDenied'])
      expect((await tenant.send('DELETE', `/users/${id}`)).status).toBe(403)
    }
  })

  test('a User Administrator may act on helpdesk administrators and on people without a role', async () => {
    const { isaiah, diego, adele } = tenant.ids.users
    for (const id of [isaiah, diego, adele]) expect((await disable(id)).status).toBe(204)
  })

  test('what is not sensitive may be changed on anybody', async () => {
    expect((await tenant.send('PATCH', `/users/${tenant.ids.users.admin}`, { jobTitle: 'Root' })).status).toBe(204)
  })

  test('an app without a role cannot reset a password; with a higher role it can act on anybody', async () => {
    const reset = { passwordProfile: { password: 'Other-Start-9!', forceChangePasswordNextSignIn: true } }
    await tenant.control('PATCH', '/settings', { appRoles: [] })
    expect((await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, reset)).status).toBe(403)
    await tenant.control('PATCH', '/settings', { appRoles: ['Privileged Authentication Administrator'] })
    expect((await disable(tenant.ids.users.admin)).status).toBe(204)
    await tenant.control('POST', '/reset')
    expect((await disable(tenant.ids.users.admin)).status).toBe(403)
  })
})
