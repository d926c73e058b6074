import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordTraffic } from '../support/traffic.ts'
import { readsOf } from './support/reads.ts'
import { EVENTUAL, idOf, newUser, startTenant, type Json, type TestTenant } from './support/tenant.ts'

// What is said here is judged by Microsoft's contract with all the other traffic, after the run: `npm run judge`.
describe('every operation of the sandbox', () => {
  let tenant: TestTenant
  beforeAll(async () => {
    tenant = await startTenant({ onExchange: recordTraffic() })
  })
  afterAll(() => tenant.close())

  test('answers in the whole life of an account', async () => {
    const { get, send, ids, ref } = tenant
    const seen: number[] = []
    const read = async (path: string, headers?: Record<string, string>) => {
      const answer = await get(path, headers)
      seen.push(answer.status)
      return answer
    }
    const write = async (method: string, path: string, body?: unknown) => {
      const answer = await send(method, path, body)
      seen.push(answer.status)
      return answer
    }
    for (const path of readsOf(ids)) await read(path)
    await read('/users/$count', EVENTUAL)
    await read('/groups/$count', EVENTUAL)
    await read(`/groups/${ids.groups.vpn}/members/$count`, EVENTUAL)
    await read(`/users/${ids.users.adele}/memberOf/$count`, EVENTUAL)
    await read('/users?$search="displayName:chris" OR "mail:chris"&$select=id,displayName', EVENTUAL)
    await read("/users?$filter=endswith(mail,'contoso.com')&$count=true&$top=2", EVENTUAL)
    await read("/users?$filter=userType ne 'Guest'&$count=true&$orderby=displayName&$top=7", EVENTUAL)
    await read('/users?$filter=assignedLicenses/$count eq 0&$count=true', EVENTUAL)
    const paged = await read('/users?$top=40&$select=id')
    await read(String(paged.body['@odata.nextLink']))

    const first = await read('/users/delta?$select=displayName,accountEnabled,manager')
    const groupsDelta = await read('/groups/delta?$select=displayName,members')
    await read('/users/delta?$deltatoken=latest')

    const manager = `https://graph.microsoft.com/v1.0/users/${ids.users.megan}`
    const body = newUser('nova', {
      department: 'Engineering',
      jobTitle: 'Pilot',
      employeeHireDate: '2026-02-01T00:00:00Z',
    })
    const id = idOf(await write('POST', '/users', body))
    await write('PATCH', `/users/${id}`, {
      jobTitle: 'Lead Pilot',
      businessPhones: ['+1 425 555 0199'],
      companyName: null,
    })
    await write('PUT', `/users/${id}/manager/$ref`, { '@odata.id': manager })
    await write('POST', `/users/${id}/assignLicense`, {
      addLicenses: [{ skuId: ids.skus.e3, disabledPlans: [] }],
      removeLicenses: [],
    })
    await write('POST', `/groups/${ids.groups.vpn}/members/$ref`, ref(id))
    await write('PATCH', `/groups/${ids.groups.github}`, { 'members@odata.bind': [ref(id)['@odata.id']] })
    await write('POST', `/groups/${ids.groups.github}/owners/$ref`, ref(id))
    await write('POST', `/users/${id}/checkMemberGroups`, { groupIds: [ids.groups.vpn, ids.groups.sales] })
    await write('POST', `/users/${id}/getMemberGroups`, { securityEnabledOnly: false })
    await write('POST', '/directoryObjects/getByIds', { ids: [id, ids.groups.vpn] })
    const tap = await write('POST', `/users/${id}/authentication/temporaryAccessPassMethods`, { lifetimeInMinutes: 60 })
    await read(`/users/${id}/authentication/temporaryAccessPassMethods/${idOf(tap)}`)
    await write('DELETE', `/users/${id}/authentication/temporaryAccessPassMethods/${idOf(tap)}`)
    await write('POST', `/users/${ids.users.alex}/sendMail`, {
      message: {
        subject: 'Welcome',
        body: { contentType: 'text', content: 'Hello' },
        toRecipients: [{ emailAddress: { address: 'someone@example.org' } }],
      },
      saveToSentItems: false,
    })
    await write('PATCH', `/users/${id}/mailboxSettings`, { automaticRepliesSetting: { status: 'alwaysEnabled' } })
    const group = await write('POST', '/groups', {
      displayName: 'Pilots',
      mailEnabled: false,
      mailNickname: 'pilots',
      securityEnabled: true,
      'members@odata.bind': [ref(id)['@odata.id']],
    })
    await write('POST', `/groups/${idOf(group)}/assignLicense`, { addLicenses: [], removeLicenses: [] })
    await write('DELETE', `/groups/${ids.groups.github}/owners/${id}/$ref`)
    await write('PATCH', `/devices/${ids.devices.adelePhone}`, { accountEnabled: false })
    await write('DELETE', `/users/${ids.users.alex}/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7`)

    await write('PATCH', `/users/${id}`, { accountEnabled: false })
    await write('PATCH', `/users/${id}`, {
      passwordProfile: { password: 'Other-Start-9!', forceChangePasswordNextSignIn: true },
    })
    await write('POST', `/users/${id}/revokeSignInSessions`)
    await write('POST', `/users/${id}/assignLicense`, { addLicenses: [], removeLicenses: [ids.skus.e3] })
    await write('POST', `/users/${id}/reprocessLicenseAssignment`)
    await write('DELETE', `/groups/${ids.groups.vpn}/members/${id}/$ref`)
    await write('DELETE', `/users/${id}/manager/$ref`)
    await write('DELETE', `/users/${id}`)
    await read('/directory/deletedItems/microsoft.graph.user?$select=id,displayName,deletedDateTime')
    await read(`/directory/deletedItems/${id}`)
    await read(String(first.body['@odata.deltaLink']))
    await read(String(groupsDelta.body['@odata.deltaLink']))
    await write('POST', `/directory/deletedItems/${id}/restore`, {})
    await write('DELETE', `/users/${id}`)
    await write('DELETE', `/directory/deletedItems/${id}`)
    await write('DELETE', `/groups/${idOf(group)}`)
    await read('/directory/deletedItems/microsoft.graph.group')
    await read('/auditLogs/directoryAudits?$top=5')
    await read("/auditLogs/directoryAudits?$filter=activityDateTime ge 2020-01-01T00:00:00Z and correlationId eq 'x'")
    await write('POST', '/$batch', {
      requests: [
        { id: '1', method: 'GET', url: `/users/${ids.users.adele}?$select=id` },
        { id: '2', method: 'GET', url: `/users/${id}` },
        {
          id: '3',
          method: 'PATCH',
          url: `/users/${ids.users.joni}`,
          headers: { 'Content-Type': 'application/json' },
          body: { jobTitle: 'Counsel' },
        },
        { id: '4', dependsOn: ['2'], method: 'GET', url: '/domains' },
      ],
    })
    expect(seen.filter((status) => status >= 300)).toEqual([])
  })

  test('refuses in Graph’s shape', async () => {
    const { get, send, ids, ref } = tenant
    const answers = [
      await get('/users/nobody@contoso.com'),
      await get(`/groups/${ids.users.adele}`),
      await get("/users?$filter=startswith(department,'E')"),
      await get('/users?$top=1000'),
      await get("/users?$filter=jobTitle ne 'x'"),
      await get('/users?$select=shoeSize'),
      await get('/users/delta?$deltatoken=rubbish'),
      await send('POST', '/users', newUser('adelev')),
      await send('POST', '/users', newUser('nopassword', { passwordProfile: undefined })),
      await send('PATCH', `/users/${ids.users.admin}`, { accountEnabled: false }),
      await send('PATCH', `/users/${ids.users.adele}`, { employeeHireDate: '2026-01-01T00:00:00Z' }),
      await send('POST', `/groups/${ids.groups.news}/members/$ref`, ref(ids.users.joni)),
      await send('DELETE', `/groups/${ids.groups.vpn}/members/${ids.users.joni}/$ref`),
    ]
    expect(answers.map(({ status, code }) => [status, typeof code])).toEqual(
      [404, 404, 400, 400, 400, 400, 410, 400, 400, 403, 403, 400, 404].map((status) => [status, 'string']),
    )
    for (const { body } of answers) {
      const error = body['error'] as { innerError: Json }
      expect(error.innerError['request-id']).toEqual(expect.any(String))
    }
  })
})
