import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOf, names, newUser, startTenant, type Json, type TestTenant } from './support/tenant.ts'

let clock = Date.parse('2026-03-01T08:00:00Z')
let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant({ now: () => new Date(clock) })
})
beforeEach(() => tenant.control('POST', '/reset'))
afterAll(() => tenant.close())

describe('replication', () => {
  test('a new account cannot be seen or used until the delay has passed', async () => {
    await tenant.control('PATCH', '/settings', { replicationDelayMs: 30_000 })
    const { link } = await latest()
    const created = await tenant.send('POST', '/users', newUser('slow'))
    const id = idOf(created)
    expect(created.status).toBe(201)
    const manager = { '@odata.id': `${tenant.url}/v1.0/users/${tenant.ids.users.megan}` }
    const attempts = async () => [
      (await tenant.get(`/users/${id}`)).status,
      (await tenant.get("/users?$filter=userPrincipalName eq 'slow@contoso.com'")).value.length,
      (await tenant.send('PATCH', `/users/${id}`, { jobTitle: 'Pilot' })).status,
      (await tenant.send('PUT', `/users/${id}/manager/$ref`, manager)).status,
      (await tenant.send('POST', `/groups/${tenant.ids.groups.vpn}/members/$ref`, tenant.ref(id))).status,
      (await tenant.get(link)).value.length,
    ]
    expect(await attempts()).toEqual([404, 0, 404, 404, 404, 0])
    expect((await tenant.send('POST', '/users', newUser('slow'))).status).toBe(400)
    clock += 30_000
    expect(await attempts()).toEqual([200, 1, 204, 204, 204, 1])
  })

  async function latest() {
    return { link: String((await tenant.get('/users/delta?$deltatoken=latest')).body['@odata.deltaLink']) }
  }

  test('a round that passed over a hidden account tells it later', async () => {
    await tenant.control('PATCH', '/settings', { replicationDelayMs: 30_000 })
    const { link } = await latest()
    const id = idOf(await tenant.send('POST', '/users', newUser('late')))
    const between = await tenant.get(link)
    clock += 30_000
    const after = await tenant.get(String(between.body['@odata.deltaLink']))
    expect(after.value.map((one) => one['id'])).toEqual([id])
  })

  test('a group created a moment ago refuses members with a 400', async () => {
    await tenant.control('PATCH', '/settings', { replicationDelayMs: 30_000 })
    const group = { displayName: 'Soon', mailEnabled: false, mailNickname: 'soon', securityEnabled: true }
    const id = idOf(await tenant.send('POST', '/groups', group))
    const add = () => tenant.send('POST', `/groups/${id}/members/$ref`, tenant.ref(tenant.ids.users.joni))
    expect((await add()).status).toBe(400)
    clock += 30_000
    expect((await add()).status).toBe(204)
  })
})

describe('throttling', () => {
  test('after three thousand writes the next are refused, and twenty a second come back', async () => {
    const requests = Array.from({ length: 20 }, (_, i) => ({
      id: String(i),
      method: 'PATCH',
      url: `/users/${tenant.ids.users.joni}`,
      headers: { 'Content-Type': 'application/json' },
      body: { officeLocation: String(i) },
    }))
    for (let i = 0; i < 150; i++) await tenant.send('POST', '/$batch', { requests })
    const refused = await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { officeLocation: 'x' })
    expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([429, 'TooManyRequests', '1'])
    expect(refused.headers.get('x-ms-throttle-information')).toBe('WriteLimitExceeded')
    expect((await tenant.get('/domains')).status).toBe(200)
    clock += 1000
    const inside = (await tenant.send('POST', '/$batch', { requests })).body['responses'] as { status: number }[]
    expect(inside.map(({ status }) => status)).toEqual(Array(20).fill(204))
    const again = await tenant.send('POST', '/$batch', { requests })
    expect((again.body['responses'] as { status: number }[]).every(({ status }) => status === 429)).toBe(true)
  })

  test('throttling can be switched off', async () => {
    await tenant.control('PATCH', '/settings', { throttle: false })
    const answer = await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { officeLocation: 'y' })
    expect([answer.status, answer.headers.get('x-ms-throttle-limit-percentage')]).toEqual([204, null])
  })
})

describe('ordered faults', () => {
  test('strike the matching requests as often as ordered, after those to be spared', async () => {
    await tenant.control('POST', '/faults', {
      method: 'GET',
      path: '^/users/',
      status: 429,
      retryAfter: 7,
      skip: 1,
      times: 2,
    })
    const seen = []
    for (let i = 0; i < 4; i++) seen.push(await tenant.get('/users/adelev@contoso.com'))
    expect(seen.map(({ status }) => status)).toEqual([200, 429, 429, 200])
    expect(seen[1]?.headers.get('retry-after')).toBe('7')
  })

  test('a connection can break before the work is done, or after it was done', async () => {
    const patch = (jobTitle: string) => tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { jobTitle })
    const title = async () => (await tenant.get(`/users/${tenant.ids.users.joni}`)).body['jobTitle']
    await tenant.control('POST', '/faults', { method: 'PATCH', drop: 'before' })
    await expect(patch('Before')).rejects.toThrow()
    expect(await title()).toBe('Paralegal')
    await tenant.control('POST', '/faults', { method: 'PATCH', drop: 'after' })
    await expect(patch('After')).rejects.toThrow()
    expect(await title()).toBe('After')
  })

  test('are taken back by deleting them', async () => {
    await tenant.control('POST', '/faults', { status: 500, times: 100 })
    await tenant.control('DELETE', '/faults')
    expect((await tenant.get('/domains')).status).toBe(200)
  })
})

describe('what the tenant remembers', () => {
  test('every write is counted with its client-request-id, and the audit log carries it', async () => {
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json', 'client-request-id': 'step-1' }
    const url = `${tenant.url}/v1.0/users/${tenant.ids.users.joni}`
    await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ jobTitle: 'Counsel' }) })
    await tenant.send('POST', `/users/${tenant.ids.users.joni}/checkMemberGroups`, { groupIds: [] })
    const writes = await tenant.control('GET', '/writes')
    expect(writes).toMatchObject({ count: 1, value: [{ method: 'PATCH', clientRequestId: 'step-1', status: 204 }] })
    const audits = await tenant.get("/auditLogs/directoryAudits?$filter=correlationId eq 'step-1'")
    expect(audits.value).toMatchObject([{ targetResources: [{ id: tenant.ids.users.joni, type: 'User' }] }])
  })

  test('a sent mail can be read back, and a person without a mailbox cannot send', async () => {
    const message = {
      subject: 'Your pass',
      body: { contentType: 'text', content: 'In Teams.' },
      toRecipients: [{ emailAddress: { address: 'adele@example.org' } }],
    }
    const send = (id: string) => tenant.send('POST', `/users/${id}/sendMail`, { message, saveToSentItems: false })
    expect((await send(tenant.ids.users.alex)).status).toBe(202)
    expect((await send(tenant.ids.users.scanner)).code).toBe('MailboxNotEnabledForRESTAPI')
    const mail = (await tenant.control('GET', '/mail'))['value'] as Json[]
    expect(mail).toMatchObject([
      { from: 'alexw@contoso.com', message: { subject: 'Your pass' }, saveToSentItems: false },
    ])
  })

  test('a reset brings back the seeded tenant, with the same ids', async () => {
    await tenant.send('DELETE', `/users/${tenant.ids.users.adele}`)
    await tenant.control('POST', '/reset')
    expect((await tenant.get(`/users/${tenant.ids.users.adele}`)).body['displayName']).toBe('Adele Vance')
    expect(names(await tenant.get('/directory/deletedItems/microsoft.graph.user'))).toEqual([])
  })
})
