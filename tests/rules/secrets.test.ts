import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { actionsOf, elementsOf, textOf, textsOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { type Draft, ask, copyOf, decide, now } from './support.ts'

const HOUR = 3_600_000
const COLLECTIONS = ['requests', 'secrets', 'notifications', 'conversations', 'history']
const lines: string[] = []

async function started(entitled: 'manager' | 'requester'): Promise<Harness> {
  const policy = (read: { handOver: { entitled: string } }): void => void (read.handOver.entitled = entitled)
  const lk = await startHarness({ oneClock: true, policy, log: (line) => lines.push(line) })
  for (const who of [lk.alex, lk.isaiah, lk.megan, lk.lynne, lk.patti]) await lk.install(who)
  return lk
}

async function ready(lk: Harness, draft: Draft = {}): Promise<Request> {
  const request = await ask(lk, draft)
  await decide(lk, request, { as: lk.megan })
  await lk.settle()
  return now(lk, request)
}

const reveal = (lk: Harness, request: Request, options: { as: string; chat?: string; on?: string }) =>
  lk.click('secret.reveal', { id: request._id }, options)

/** The secret on the card of this answer: the one thing that is set in monospace. */
const valueOn = (reply: unknown): string =>
  textsOf(elementsOf(reply).filter((e) => e['fontType'] === 'monospace')).join('')

interface SignIn {
  ok: boolean
  reason: string
  mustChangePassword?: boolean
}

async function signIn(lk: Harness, request: Request, secret: object): Promise<SignIn> {
  const { userPrincipalName } = request.subject
  return (await (await lk.control('POST', 'sign-in', { userPrincipalName, ...secret })).json()) as SignIn
}

/** Everything that anybody could read later: the chats, the database, the log. */
async function everything(lk: Harness): Promise<string> {
  const stored = await Promise.all(
    COLLECTIONS.map(async (name) => (await lk.store.collection({ name, indexes: [] })).find({})),
  )
  expect(stored.map((documents) => documents.length).every((count) => count > 0)).toBe(true)
  return [JSON.stringify(stored), ...lk.teams.received, ...lines].join('\n')
}

let lk: Harness
beforeAll(async () => {
  lk = await started('manager')
})
afterAll(() => lk.stop())

describe('the first pass of a new account', () => {
  it('is shown to the manager alone: not to the requester, an administrator, a colleague or a stranger', async () => {
    const request = await ready(lk)
    for (const who of [lk.alex, lk.patti, lk.isaiah]) {
      expect((await reveal(lk, request, { as: who })).reply).toBe('Only the person it is meant for can open this.')
      expect(textOf(copyOf(lk, who, request._id))).not.toContain('Show the')
    }
    expect((await reveal(lk, request, { as: lk.adele })).reply).toContain('There is no request')
    expect(actionsOf(copyOf(lk, lk.megan, request._id)).map((a) => a.title)).toEqual(['Show the pass once'])
  })

  it('is shown in a private chat only', async () => {
    const request = await ready(lk)
    expect((await reveal(lk, request, { as: lk.megan, chat: 'the-whole-team' })).reply).toContain('private chat')
    expect(valueOn((await reveal(lk, request, { as: lk.megan })).reply)).not.toBe('')
  })

  it('opens the account, is shown once however often it is clicked, and is found nowhere afterwards', async () => {
    const request = await ready(lk)
    const clicks = await Promise.all([1, 2, 3].map(() => reveal(lk, request, { as: lk.megan })))
    const shown = clicks.map((answer) => valueOn(answer.reply)).filter((value) => value !== '')
    expect(shown).toHaveLength(1)
    const again = (await reveal(lk, request, { as: lk.megan })).reply
    expect(again).toContain('It is shown only once')
    await lk.settle()
    expect(await everything(lk)).not.toContain(shown[0])
    const history = await lk.history.search({ requestId: request._id })
    expect(history.filter((entry) => entry.kind === 'secret.revealed')).toHaveLength(1)
    expect(textOf(copyOf(lk, lk.alex, request._id))).toContain('Megan Bowen opened the temporary access pass')
    expect(await signIn(lk, request, { temporaryAccessPass: shown[0] })).toMatchObject({ ok: true })
  })

  it('is not painted over while it is being copied, and not left standing for ever', async () => {
    const request = await ready(lk)
    const message = lk.teams.messages(lk.chatOf(lk.megan)).at(-1)
    const before = message?.updates
    await reveal(lk, request, { as: lk.megan, ...(message ? { on: message.id } : {}) })
    await lk.settle()
    await reveal(lk, request, { as: lk.megan, ...(message ? { on: message.id } : {}) })
    await lk.settle()
    expect(message?.updates).toBe(before)
    lk.passTime(130_000)
    await lk.settle()
    expect(message?.updates).toBe((before ?? 0) + 1)
    expect(textOf(message?.card)).toContain('Megan Bowen opened')
  })

  it('is not shown to a manager whose account was closed a moment ago', async () => {
    const request = await ready(lk)
    await lk.graph.users.update(lk.megan, { accountEnabled: false })
    expect((await reveal(lk, request, { as: lk.megan })).reply).toContain('not active in the directory')
    await lk.graph.users.update(lk.megan, { accountEnabled: true })
    expect(valueOn((await reveal(lk, request, { as: lk.megan })).reply)).not.toBe('')
  })

  it('that lapsed unseen is issued anew, and only the new one opens the account', async () => {
    const request = await ready(lk)
    expect((await lk.click('secret.renew', { id: request._id }, { as: lk.megan })).reply).toContain(
      'nothing to show yet',
    )
    lk.passTime(9 * HOUR)
    expect((await lk.press('Show', { as: lk.megan })).reply).toContain('It has lapsed')
    await lk.settle()
    expect((await lk.click('secret.renew', { id: request._id }, { as: lk.isaiah })).reply).toContain(
      'Only the person it is meant for',
    )
    await lk.press('Issue a new one', { as: lk.megan })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    const value = valueOn((await lk.press('Show', { as: lk.megan })).reply)
    expect(await signIn(lk, request, { temporaryAccessPass: value })).toMatchObject({ ok: true })
    expect((await lk.click('secret.renew', { id: request._id }, { as: lk.megan })).reply).toContain(
      'Megan Bowen has opened it',
    )
  })

  it('goes by mail where that was approved: to the alternate address, and nowhere else', async () => {
    const request = await ready(lk, { handOver: 'activation-mail', alternateMail: 'ada@home.example' })
    expect(request.status).toBe('done')
    const { value } = (await (await lk.control('GET', 'mail')).json()) as { value: unknown[] }
    const mail = JSON.stringify(value.at(-1))
    expect(mail).toContain('ada@home.example')
    const pass = /Temporary Access Pass: ([^\\]+)\\n/.exec(mail)?.[1] ?? ''
    expect(await signIn(lk, request, { temporaryAccessPass: pass })).toMatchObject({ ok: true })
    expect(await everything(lk)).not.toContain(pass)
    expect(request.secret).toBeUndefined()
    for (const as of [lk.megan, lk.alex])
      expect((await reveal(lk, request, { as })).reply).toContain('nothing to show yet')
  })
})

describe('where the policy sends mail from a mailbox that is not there', () => {
  it('the request says so at once, and all else is done', async () => {
    const bare = await startHarness({ policy: (policy) => void (policy.handOver.mailFrom = 'nobody@contoso.com') })
    await bare.install(bare.megan)
    const request = await ready(bare, { handOver: 'activation-mail', alternateMail: 'ada@home.example' })
    expect(request.status).toBe('partial')
    expect(request.steps.at(-1)?.reason?.code).toBe('mail_not_configured')
    expect(request.steps.slice(0, -1).map((s) => s.outcome)).toEqual(request.steps.slice(0, -1).map(() => 'done'))
    await bare.stop()
  })
})

describe('where policy entitles the requester', () => {
  let own: Harness
  beforeAll(async () => {
    own = await started('requester')
  })
  afterAll(() => own.stop())

  it('a temporary password is shown to them once, works, must be changed, and is found nowhere', async () => {
    const request = await ready(own, { handOver: 'temporary-password' })
    expect(request.plan.steps.at(-1)?.after).toBe('Temporary password, shown once to Alex Wilber')
    expect((await reveal(own, request, { as: own.megan })).reply).toContain('Only the person it is meant for')
    const password = valueOn((await own.press('Show', { as: own.alex })).reply)
    expect(await signIn(own, request, { password })).toEqual({
      ok: true,
      reason: 'signed-in',
      mustChangePassword: true,
    })
    await own.settle()
    expect(await everything(own)).not.toContain(password)
  })

  it('a password that lapsed unseen is replaced by another', async () => {
    const request = await ready(own, { handOver: 'temporary-password' })
    own.passTime(9 * HOUR)
    await own.press('Show', { as: own.alex })
    await own.settle()
    await own.press('Issue a new one', { as: own.alex })
    await own.settle()
    const password = valueOn((await own.press('Show', { as: own.alex })).reply)
    expect(await signIn(own, request, { password })).toMatchObject({ ok: true, mustChangePassword: true })
  })

  it('and none of all this was an error of ours', () => expect([...lk.errors, ...own.errors]).toEqual([]))
})
