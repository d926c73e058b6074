import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { GraphRefused, isConflict } from '../../services/graph/index.ts'
import { ok, refuse, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const PASSWORD = 'Correct-horse-1'
const UPN = "siobhan.o'brien@contoso.com"
const SECRETS = [PASSWORD, 'siobhan', 'token-of-the-app', 'Secret words', '<b>']

async function failing(reply: Reply, act: (graph: Scripted['graph']) => Promise<unknown>): Promise<unknown> {
  server = await scripted([reply], { timeoutMs: 1_000 })
  return act(server.graph).catch((error: unknown) => error)
}

const reset = (graph: Scripted['graph']) =>
  graph.users.update(UPN, { passwordProfile: { password: PASSWORD, forceChangePasswordNextSignIn: true } })

describe('errors and logs keep secrets', () => {
  const replies: [string, Reply][] = [
    ['refuses', refuse(400)],
    ['refuses with a page', { status: 403, raw: '<b>siobhan</b>' }],
    ['refuses with a code that is no code', refuse(400, 'Password Correct-horse-1 is bad')],
    ['drops the connection', 'drop'],
    ['is broken', { status: 500, raw: `${PASSWORD} <b>` }],
    ['answers with a page', { status: 200, raw: `<b>${PASSWORD}` }],
  ]
  test.each(replies)('when Graph %s', async (_, reply) => {
    const error = await failing(reply, reset)
    const shown = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`
    for (const secret of SECRETS) expect(shown).not.toContain(secret)
    const logged = JSON.stringify(server.events)
    for (const secret of SECRETS) expect(logged).not.toContain(secret)
    expect((error as Error).message).toContain('PATCH /users/{id}')
  })

  test('what a person searched for is not in the error', async () => {
    const error = await failing(refuse(400), (graph) => graph.users.search('siobhan'))
    expect((error as Error).message).toBe('Graph refused GET /users: 400 Request_BadRequest, request-id r-1')
  })

  test('a token that could not be had is told without what the provider said', async () => {
    server = await scripted([ok()], {
      token: async () => {
        throw new Error('no')
      },
    })
    await expect(server.graph.ping()).rejects.toMatchObject({ reason: 'no token', mayHaveHappened: false })
    expect(server.received).toHaveLength(0)
  })
})

describe('a refusal', () => {
  test('of a taken name is a conflict about that property, and no other', async () => {
    const details = [{ code: 'ObjectConflict', message: 'x', target: 'userPrincipalName' }]
    const error = await failing(refuse(400, 'Request_BadRequest', details), reset)
    expect(isConflict(error)).toBe(true)
    expect(isConflict(error, 'userPrincipalName')).toBe(true)
    expect(isConflict(error, 'mailNickname')).toBe(false)
  })

  test('for another reason is no conflict', async () => {
    expect(isConflict(await failing(refuse(400), reset))).toBe(false)
    expect(isConflict(new Error('Another object with the same value'))).toBe(false)
  })

  test('carries what support asks for', async () => {
    const error = await failing(refuse(403, 'Authorization_RequestDenied'), reset)
    expect(error).toBeInstanceOf(GraphRefused)
    expect(error).toMatchObject({ status: 403, code: 'Authorization_RequestDenied', requestId: 'r-1', details: [] })
  })
})
