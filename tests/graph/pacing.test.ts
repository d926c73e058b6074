import { afterEach, expect, test } from 'vitest'
import { ok, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const throttled = (headers: Record<string, string> = {}): Reply => ({
  status: 429,
  headers: { 'retry-after': '30', ...headers },
  body: {},
})
const message = { to: 'b@contoso.com', subject: 'Hello', text: 'Hello' }

/** How long the calls were made to wait, in milliseconds. */
async function wait(act: () => Promise<unknown>): Promise<number> {
  const before = server.slept.length
  await act()
  return server.slept.slice(before).reduce((sum, ms) => sum + ms, 0)
}

test('writes beyond the burst are spaced; reads, questions and mail are not', async () => {
  server = await scripted([ok()], { pace: { writesPerSecond: 0.001, burst: 1 } })
  const { users, groups, mail } = server.graph
  expect(await wait(() => users.update('1', {}))).toBe(0)
  expect(await wait(() => users.get('1'))).toBe(0)
  expect(await wait(() => groups.isMember(['g'], '1'))).toBe(0)
  expect(await wait(() => mail.send('a@contoso.com', message))).toBe(0)
  expect(await wait(() => users.update('1', {}))).toBeGreaterThan(900_000)
})

test('one throttled write holds back all writes, but no reads', async () => {
  server = await scripted([throttled(), ok()])
  const { users } = server.graph
  await users.update('1', {})
  expect(await wait(() => users.get('2'))).toBe(0)
  expect(await wait(() => users.update('2', {}))).toBeGreaterThan(25_000)
})

test('where Graph says that both are throttled, both wait', async () => {
  server = await scripted([throttled({ 'x-ms-throttle-scope': 'Tenant_Application/ReadWrite/app/tenant' }), ok()])
  const { users } = server.graph
  await users.get('1')
  expect(await wait(() => users.get('2'))).toBeGreaterThan(25_000)
  expect(await wait(() => users.update('2', {}))).toBeGreaterThan(25_000)
})

test('a busy mailbox holds back nothing else', async () => {
  server = await scripted([throttled(), ok()])
  const { users, mail } = server.graph
  await mail.send('a@contoso.com', message)
  expect(await wait(() => users.update('2', {}))).toBe(0)
})
