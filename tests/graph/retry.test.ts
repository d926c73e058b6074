import { afterEach, describe, expect, test } from 'vitest'
import { GraphRefused, GraphUnreachable } from '../../services/graph/index.ts'
import { ok, refuse, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const start = async (...replies: Reply[]) => (server = await scripted(replies, { timeoutMs: 1_000 }))
const throttled: Reply = { status: 429, headers: { 'retry-after': '7' }, body: { error: { code: 'TooManyRequests' } } }
const gateway: Reply = { status: 502, body: {} }
const newUser = {
  accountEnabled: true,
  displayName: 'New',
  mailNickname: 'new',
  userPrincipalName: 'new@contoso.com',
  passwordProfile: { password: 'Correct-horse-1', forceChangePasswordNextSignIn: true },
}

describe('asking again', () => {
  test('a throttled read waits as long as Graph asks, then succeeds', async () => {
    const { graph, received, slept } = await start(throttled, ok({ id: '1' }))
    expect(await graph.users.get('1')).toEqual({ id: '1' })
    expect(received).toHaveLength(2)
    expect(slept[0]).toBe(7_000)
  })

  test('a token that Graph takes for invalid is asked for anew, once, also to create a user', async () => {
    const asked: (boolean | undefined)[] = []
    const token = async (options?: { fresh: boolean }) => `token-${asked.push(options?.fresh)}`
    server = await scripted([refuse(401, 'InvalidAuthenticationToken'), ok({ id: '1' })], { token })
    expect(await server.graph.users.create(newUser)).toMatchObject({ id: '1' })
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(asked).toEqual([undefined, true])
  })

  test('a second refusal of the token is a refusal', async () => {
    const { graph, received } = await start(refuse(401, 'InvalidAuthenticationToken'))
    await expect(graph.users.get('1')).rejects.toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' })
    expect(received).toHaveLength(2)
  })

  test('all attempts of one call carry the same client-request-id', async () => {
    const { graph, received, events } = await start(gateway, 'drop', ok({ id: '1' }))
    await graph.users.get('1', { clientRequestId: 'c0ffee00-0000-4000-8000-000000000001' })
    expect(new Set(received.map(({ headers }) => headers['client-request-id']))).toEqual(
      new Set(['c0ffee00-0000-4000-8000-000000000001']),
    )
    expect(events.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 502],
      [2, undefined],
      [3, 200],
    ])
  })

  test('a change that was dropped is sent again when repeating it changes nothing', async () => {
    const { graph, received } = await start('drop', { status: 204 })
    await graph.users.update('1', { department: 'IT' })
    expect(received).toHaveLength(2)
  })

  test('a deletion that finds nothing after an unanswered attempt has been done by that attempt', async () => {
    const { graph } = await start('drop', refuse(404, 'Request_ResourceNotFound'))
    await expect(graph.users.remove('1')).resolves.toBeUndefined()
  })

  test('a deletion of what never was is refused', async () => {
    const { graph } = await start(refuse(404, 'Request_ResourceNotFound'))
    await expect(graph.users.remove('1')).rejects.toBeInstanceOf(GraphRefused)
  })

  test('giving up comes after five attempts', async () => {
    const { graph, received } = await start({ status: 503, body: {} })
    await expect(graph.users.get('1')).rejects.toMatchObject({ reason: '503', mayHaveHappened: false })
    expect(received).toHaveLength(5)
  })

  test('a wait beyond a minute is left to whoever schedules the work', async () => {
    const { graph, received, slept } = await start({ status: 429, headers: { 'retry-after': '300' }, body: {} })
    await expect(graph.users.get('1')).rejects.toMatchObject({ reason: '429', retryAfterMs: 300_000 })
    expect(received).toHaveLength(1)
    expect(slept).toEqual([])
  })

  test('a refusal is not asked again', async () => {
    const { graph, received } = await start(refuse(403, 'Authorization_RequestDenied'))
    await expect(graph.users.get('1')).rejects.toMatchObject({ status: 403, code: 'Authorization_RequestDenied' })
    expect(received).toHaveLength(1)
  })
})

describe('creating a user', () => {
  test.each<[string, Reply]>([
    ['the connection drops', 'drop'],
    ['a gateway gives up', gateway],
    ['Graph answers 503 without asking to come back', { status: 503, body: {} }],
    ['Graph never answers', 'hang'],
  ])('is sent once when %s, and may have happened', async (_, reply) => {
    const { graph, received } = await start(reply, ok({ id: '1' }))
    const failure = await graph.users.create(newUser).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(GraphUnreachable)
    expect(failure).toMatchObject({ mayHaveHappened: true })
    expect(received).toHaveLength(1)
  })

  test('is sent again when Graph says that it did nothing', async () => {
    const { graph, received } = await start(
      throttled,
      { status: 503, headers: { 'retry-after': '1' }, body: {} },
      { status: 201, body: { id: '1' } },
    )
    expect(await graph.users.create(newUser)).toEqual({ id: '1' })
    expect(received).toHaveLength(3)
  })

  test('cannot have happened where nobody listens', async () => {
    const { graph } = await start(ok())
    await server.close()
    await expect(graph.users.create(newUser)).rejects.toMatchObject({ reason: 'ECONNREFUSED', mayHaveHappened: false })
  })
})

describe('other posts', () => {
  test('mail is never sent twice', async () => {
    const { graph, received } = await start('drop')
    const sending = graph.mail.send('a@contoso.com', { to: 'b@contoso.com', subject: 'Hello', text: 'Hello' })
    await expect(sending).rejects.toMatchObject({ mayHaveHappened: true })
    expect(received).toHaveLength(1)
  })

  test.each<[string, (graph: Scripted['graph']) => Promise<unknown>]>([
    ['licences', (graph) => graph.users.assignLicense('1', { add: [{ skuId: 's' }], remove: [] })],
    ['sessions', (graph) => graph.users.revokeSessions('1')],
    ['membership questions', (graph) => graph.groups.isMember(['g'], '1')],
    ['members', (graph) => graph.groups.addMember('g', '1')],
  ])('%s are safe to repeat', async (_, act) => {
    const { graph, received } = await start('drop', ok({ value: [] }))
    await act(graph)
    expect(received).toHaveLength(2)
  })

  test('a question that got no answer has changed nothing', async () => {
    const { graph } = await start('drop')
    await expect(graph.groups.isMember(['g'], '1')).rejects.toMatchObject({ mayHaveHappened: false })
  })

  test('a page that is not Graph at all counts as no answer', async () => {
    const { graph } = await start({ status: 200, raw: '<html>Sign in to the wifi</html>' })
    await expect(graph.users.get('1')).rejects.toMatchObject({ reason: 'not Graph', mayHaveHappened: false })
  })
})
