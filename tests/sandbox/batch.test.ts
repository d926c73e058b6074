import { afterAll, beforeAll, expect, test } from 'vitest'
import { newUser, startTenant, type Json, type TestTenant } from './support/tenant.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant()
})
afterAll(() => tenant.close())

async function batch(requests: Json[]) {
  const answer = await tenant.send('POST', '/$batch', { requests })
  const responses = (answer.body['responses'] ?? []) as { id: string; status: number; body?: Json }[]
  return { ...answer, byId: new Map(responses.map((one) => [one.id, one])), order: responses.map(({ id }) => id) }
}
const json = { 'Content-Type': 'application/json' }
const get = (id: string, url: string, rest: Json = {}) => ({ id, method: 'GET', url, ...rest })

test('each item has its own outcome, and the answers are not in the order of the questions', async () => {
  const { status, byId, order } = await batch([
    get('a', `/users/${tenant.ids.users.adele}?$select=displayName`),
    get('b', '/users/nobody@contoso.com'),
  ])
  expect(status).toBe(200)
  expect(byId.get('a')).toMatchObject({ status: 200, body: { displayName: 'Adele Vance' } })
  expect(byId.get('b')).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })
  expect(order).toEqual(['b', 'a'])
  const encoded = { requests: [get('1', '/domains')] }
  expect((await tenant.send('POST', '/%24batch', encoded)).status).toBe(200)
})

test('what depends on a failure gets 424, what depends on a success runs after it', async () => {
  const { byId } = await batch([
    get('after', '/users/chain@contoso.com', { dependsOn: ['create'] }),
    { id: 'create', method: 'POST', url: '/users', headers: json, body: newUser('chain') },
    get('broken', '/users/nobody@contoso.com'),
    get('orphan', '/domains', { dependsOn: ['broken'] }),
  ])
  expect([byId.get('create')?.status, byId.get('after')?.status]).toEqual([201, 200])
  expect(byId.get('orphan')).toMatchObject({ status: 424, body: { error: { code: expect.any(String) as string } } })
})

test('more than twenty items, a repeated id or a circle refuse the whole batch', async () => {
  const many = Array.from({ length: 21 }, (_, i) => get(String(i), '/domains'))
  expect((await batch(many)).status).toBe(400)
  expect((await batch([get('x', '/domains'), get('X', '/domains')])).status).toBe(400)
  const circle = [get('1', '/domains', { dependsOn: ['2'] }), get('2', '/domains', { dependsOn: ['1'] })]
  expect((await batch(circle)).status).toBe(400)
})

test('an item with a body needs a Content-Type of its own', async () => {
  const body = newUser('typeless')
  expect((await batch([{ id: '1', method: 'POST', url: '/users', body }])).byId.get('1')?.status).toBe(400)
})

test('an ordered fault strikes an item inside the batch', async () => {
  await tenant.control('POST', '/faults', { path: '^/domains', status: 503, times: 1 })
  const { byId } = await batch([get('1', '/domains'), get('2', '/organization')])
  expect([byId.get('1')?.status, byId.get('2')?.status]).toEqual([503, 200])
  expect((await batch([get('1', '/domains')])).byId.get('1')?.status).toBe(200)
})
