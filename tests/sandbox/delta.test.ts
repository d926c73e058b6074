import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { idOf, newUser, startTenant, type Answer, type Json, type TestTenant } from './support/tenant.ts'

const DAY = 24 * 60 * 60 * 1000
let clock = Date.parse('2026-03-01T08:00:00Z')
let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant({ now: () => new Date(clock) })
})
beforeEach(() => tenant.control('POST', '/reset'))
afterAll(() => tenant.close())

/** Follows a round to its end. */
async function round(path: string, headers?: Record<string, string>) {
  const changes: Json[] = []
  let answer: Answer = await tenant.get(path, headers)
  for (let pages = 0; pages < 20; pages++) {
    changes.push(...answer.value)
    const next = answer.body['@odata.nextLink']
    if (typeof next !== 'string') break
    answer = await tenant.get(next, headers)
  }
  return { changes, link: String(answer.body['@odata.deltaLink']) }
}

test('a first round tells everybody once, the next one only what changed since', async () => {
  const everybody = await tenant.get('/users?$top=999&$select=id')
  const first = await round('/users/delta?$select=displayName,department')
  expect(first.changes).toHaveLength(everybody.value.length)
  expect((await round(first.link)).changes).toEqual([])
  const created = idOf(await tenant.send('POST', '/users', newUser('fresh')))
  await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { department: 'Finance' })
  await tenant.send('DELETE', `/users/${tenant.ids.users.henrietta}`)
  const second = await round(first.link)
  expect(second.changes).toEqual([
    expect.objectContaining({ id: created, displayName: 'New fresh' }),
    { id: tenant.ids.users.joni, displayName: 'Joni Sherman', department: 'Finance' },
    { id: tenant.ids.users.henrietta, '@removed': { reason: 'changed' } },
  ])
  await tenant.send('DELETE', `/directory/deletedItems/${tenant.ids.users.henrietta}`)
  expect((await round(second.link)).changes).toEqual([
    { id: tenant.ids.users.henrietta, '@removed': { reason: 'deleted' } },
  ])
})

test('more people than fit on a page come on several, and nobody is lost', async () => {
  for (let i = 0; i < 150; i++) await tenant.send('POST', '/users', newUser(`many${i}`))
  const { changes } = await round('/users/delta?$select=userPrincipalName')
  expect(new Set(changes.map(({ id }) => id)).size).toBe((await tenant.get('/users?$top=999&$select=id')).value.length)
})

test('somebody restored comes back as if new', async () => {
  const { link } = await round('/users/delta?$select=displayName,manager')
  await tenant.send('DELETE', `/users/${tenant.ids.users.joni}`)
  await tenant.send('POST', `/directory/deletedItems/${tenant.ids.users.joni}/restore`, {})
  const [change] = (await round(link)).changes
  expect(change).toMatchObject({
    displayName: 'Joni Sherman',
    'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: tenant.ids.users.grady }],
  })
})

test('with Prefer: return=minimal only the changed properties come', async () => {
  const { link } = await round('/users/delta?$select=displayName,jobTitle,department')
  await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { jobTitle: 'Counsel' })
  const { changes } = await round(link, { prefer: 'return=minimal' })
  expect(changes).toEqual([{ id: tenant.ids.users.joni, jobTitle: 'Counsel' }])
})

test('$deltatoken=latest starts from now without data', async () => {
  const now = await round('/users/delta?$deltatoken=latest')
  expect(now.changes).toEqual([])
  await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { jobTitle: 'Counsel' })
  expect((await round(now.link)).changes).toEqual([expect.objectContaining({ jobTitle: 'Counsel' })])
})

test('only the people asked for are tracked', async () => {
  const { joni, irvin } = tenant.ids.users
  const { changes, link } = await round(`/users/delta?$filter=id eq '${joni}'`)
  expect(changes.map(({ id }) => id)).toEqual([joni])
  await tenant.send('PATCH', `/users/${irvin}`, { jobTitle: 'Other' })
  expect((await round(link)).changes).toEqual([])
})

test('members that come and go show on their group', async () => {
  const { vpn } = tenant.ids.groups
  const { link } = await round('/groups/delta?$select=displayName,members')
  await tenant.send('POST', `/groups/${vpn}/members/$ref`, tenant.ref(tenant.ids.users.joni))
  await tenant.send('DELETE', `/groups/${vpn}/members/${tenant.ids.users.adele}/$ref`)
  const [change] = (await round(link)).changes
  expect(change?.['members@delta']).toEqual([
    { '@odata.type': '#microsoft.graph.user', id: tenant.ids.users.joni },
    { '@odata.type': '#microsoft.graph.user', id: tenant.ids.users.adele, '@removed': { reason: 'deleted' } },
  ])
})

test('a token that is unknown, a week old or from before a reset is answered 410 with where to start anew', async () => {
  const { link } = await round('/users/delta')
  clock += 8 * DAY
  const old = await tenant.get(link)
  expect([old.status, old.headers.get('location')]).toEqual([410, `${tenant.url}/v1.0/users/delta?$deltatoken=`])
  const fresh = await round(String(old.headers.get('location')))
  expect(fresh.changes.length).toBeGreaterThan(50)
  await tenant.control('POST', '/reset')
  expect((await tenant.get(fresh.link)).status).toBe(410)
  expect((await tenant.get('/users/delta?$deltatoken=rubbish')).status).toBe(410)
})

test('what delta does not support is refused', async () => {
  for (const query of ['$top=5', '$orderby=displayName', '$expand=manager', "$filter=displayName eq 'x'"]) {
    expect((await tenant.get(`/users/delta?${query}`)).code).toBe('Request_UnsupportedQuery')
  }
})
