import { afterEach, expect, test } from 'vitest'
import { path } from '../../services/graph/index.ts'
import { ok, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const start = async (...replies: Reply[]) => (server = await scripted(replies))
const asks = (count: number) => Array.from({ length: count }, (_, index) => ({ path: path`/users/${String(index)}` }))

interface Item {
  id: string
  status: number
  headers?: Record<string, string>
  body?: unknown
}

const answers = (...responses: Item[]): Reply => ok({ responses })
const sent = (index: number) =>
  (JSON.parse(server.received[index]?.body ?? '{}') as { requests: { id: string; url: string }[] }).requests

test('answers come back in the order of the questions, whatever order Graph takes', async () => {
  const { graph } = await start(answers({ id: '1', status: 200, body: 'b' }, { id: '0', status: 200, body: 'a' }))
  expect(await graph.batch(asks(2))).toEqual([
    { ok: true, status: 200, body: 'a' },
    { ok: true, status: 200, body: 'b' },
  ])
})

test('twenty go in one batch', async () => {
  const twenty = Array.from({ length: 20 }, (_, id) => ({ id: String(id), status: 200 }))
  const { graph, received } = await start(answers(...twenty), answers({ id: '0', status: 200 }))
  await graph.batch(asks(21))
  expect(received).toHaveLength(2)
  expect(sent(1).map(({ url }) => url)).toEqual(['/users/20'])
})

test('only the throttled ones are asked again, after the longest wait among them', async () => {
  const { graph, slept } = await start(
    answers(
      { id: '0', status: 200, body: 'a' },
      { id: '1', status: 429, headers: { 'Retry-After': '3' } },
      { id: '2', status: 429, headers: { 'Retry-After': '9' } },
    ),
    answers({ id: '2', status: 200, body: 'c' }, { id: '1', status: 200, body: 'b' }),
  )
  const outcomes = await graph.batch(asks(3))
  expect(outcomes.map((outcome) => outcome.ok && outcome.body)).toEqual(['a', 'b', 'c'])
  expect(sent(1).map(({ id }) => id)).toEqual(['1', '2'])
  expect(slept).toEqual([9_000])
})

test('one refusal does not spoil the others', async () => {
  const refused = { id: '1', status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'x' } } }
  const { graph } = await start(answers({ id: '0', status: 200, body: 'a' }, refused))
  const [first, second] = await graph.batch(asks(2))
  expect(first).toMatchObject({ ok: true })
  expect(second).toMatchObject({ ok: false, error: { status: 404, code: 'Request_ResourceNotFound' } })
})

test('an item that stays throttled is told as not reached', async () => {
  const { graph, received } = await start(answers({ id: '0', status: 429 }))
  expect(await graph.batch(asks(1))).toMatchObject([{ ok: false, error: { name: 'GraphUnreachable', reason: '429' } }])
  expect(received).toHaveLength(5)
})

test('a batch that gets no answer fails item by item', async () => {
  const { graph } = await start('drop')
  const outcomes = await graph.batch(asks(2))
  expect(outcomes).toMatchObject([{ ok: false }, { ok: false, error: { mayHaveHappened: false } }])
})
