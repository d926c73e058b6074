import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { when } from '../../cards/dates.ts'
import type { Request } from '../../services/requests/request.ts'
import { actionsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { ask, copyOf, decide, now } from './support.ts'

const LOS_ANGELES = 'America/Los_Angeles'

let lk: Harness
let request: Request

/** Speaks from another place on earth. */
const speak = (text: string, as: string, zone: string) =>
  lk.post({ ...lk.activityFrom(as), type: 'message', text, localTimezone: zone, entities: [] })

beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.alex, lk.isaiah, lk.nestor, lk.patti]) await lk.install(who)
  await speak('hello', lk.megan, LOS_ANGELES)
  request = await ask(lk, { firstName: 'Ada', lastName: 'Lovelace', userName: 'ada.lovelace' })
})
afterAll(() => lk.stop())

const cardFor = async (text: string, as: string): Promise<string> => {
  const { cards, texts } = await lk.say(text, { as })
  if (!cards[0]) throw new Error(`No card, but: ${texts.join(' | ')}`)
  return textOf(cards[0])
}
const sentence = async (text: string, as: string): Promise<string> => (await lk.say(text, { as })).texts.join('\n')

describe('who says hello', () => {
  it('is told what they can do here, and has a button for it', async () => {
    const offers = async (as: string) => actionsOf((await lk.say('Hello', { as })).cards[0]).map((a) => a.title)
    expect(await offers(lk.alex)).toEqual(['New account', 'Deactivate', 'My requests', 'History', 'Approvals'])
    expect(await offers(lk.adele)).toEqual(['Approvals'])
    expect(await offers(lk.patti)).toEqual(['Approvals', 'History'])
    expect(await cardFor('HELP', lk.alex)).toContain('practice directory')
  })

  it('is greeted when the app is installed', async () => {
    expect(textOf((await lk.install(lk.diego)).cards[0])).toContain('Diego Siciliani')
  })

  it('may press the button instead of typing', async () => {
    const { cards, reply } = await lk.click('command.run', { command: 'requests' }, { as: lk.alex })
    expect(reply).toBe('Here it is.')
    expect(textOf(cards[0])).toContain('My requests')
    expect((await lk.click('command.run', { command: '../etc' }, { as: lk.alex })).reply).toContain('could not be read')
  })

  it('in a group chat is heard behind the mention', async () => {
    const chat = 'helpdesk-chat'
    const mention = { type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: 'bot', name: 'Latchkey' } }
    await lk.post({
      ...lk.activityFrom(lk.alex, chat),
      type: 'message',
      text: '<at>Latchkey</at>&nbsp;help',
      entities: [mention],
    })
    await lk.post({
      ...lk.activityFrom(lk.alex, chat),
      type: 'message',
      text: '<at>Latchkey</at> requests',
      entities: [mention],
    })
    expect(lk.teams.messages(chat).map((m) => textOf(m.card))).toEqual([
      expect.stringContaining('Alex Wilber'),
      expect.stringContaining('My requests'),
    ])
  })
})

describe('who says nothing', () => {
  const mention = { type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: 'bot', name: 'Latchkey' } }

  it.each([
    ['but the mention', { text: '<at>Latchkey</at>', entities: [mention] }],
    ['and sends a picture', { attachments: [{ contentType: 'image/png', contentUrl: 'https://files.example/a.png' }] }],
    ['but spaces', { text: ' \u00a0\n' }],
  ])('%s hears what can be said', async (_how, more) => {
    const before = lk.teams.messages(lk.chatOf(lk.alex)).length
    await lk.post({ ...lk.activityFrom(lk.alex), type: 'message', ...more })
    const answers = lk.teams.messages(lk.chatOf(lk.alex)).slice(before)
    expect(answers.map((m) => textOf(m.card))).toEqual([expect.stringContaining('Alex Wilber')])
  })
})

describe('a command that is none', () => {
  it('gets the nearest one proposed, where one is near', async () => {
    expect(await sentence('provison Ada', lk.alex)).toBe(
      'I do not know "provison". Did you mean **provision**? Type **help** for everything I can do.',
    )
    expect(await sentence('aprovals', lk.alex)).toContain('**approvals**')
    expect(await sentence('abracadabra', lk.alex)).toBe(
      'I do not know "abracadabra". Type **help** for everything I can do.',
    )
  })

  it('is quoted back harmlessly', async () => {
    const said = await sentence('<at>everyone</at>[free](http://evil.example)**now**', lk.alex)
    expect(said).not.toContain('<at>')
    expect(said).not.toContain('](')
  })
})

describe('requests and approvals', () => {
  it('lists what I asked for, and what waits for me', async () => {
    expect(await cardFor('requests', lk.alex)).toContain('Ada Lovelace')
    expect(await cardFor('requests', lk.isaiah)).toContain('You have not asked for anything yet')
    expect(await cardFor('approvals', lk.megan)).toContain('Ada Lovelace')
    expect(await cardFor('approvals', lk.nestor)).toContain('Nothing waits for you')
  })

  it('tells how many there are in all, and shows ten (bug: it counted no further than fifty)', async () => {
    const { reserves: _one, ...open } = await now(lk, request)
    const requester = { ...request.requester, id: lk.johanna }
    for (let i = 0; i < 70; i += 1) {
      const subject = { name: `Person ${i}`, userPrincipalName: `person${i}@contoso.com` }
      const other = { ...open, _id: `LK-MANY${i}`, form: `many-${i}`, requester, subject, createdAt: new Date(i) }
      await lk.requests.insert({ ...other, dueAt: null, unannounced: false, outbox: [] })
    }
    const mine = await cardFor('requests', lk.johanna)
    expect(mine).toContain('Person 69')
    expect(mine).not.toContain('Person 59')
    expect(mine).toContain('and 60 others')
    expect(await cardFor('approvals', lk.megan)).toContain('and 61 others')
    await lk.requests.remove({ 'requester.id': lk.johanna })
  })

  it('opens a request by its id, in capitals or not, for those who may see it', async () => {
    for (const id of [request._id, request._id.toLowerCase()]) {
      for (const as of [lk.alex, lk.megan, lk.isaiah, lk.patti]) expect(await cardFor(id, as)).toContain('Ada Lovelace')
    }
    expect(await sentence(request._id, lk.adele)).toBe(
      await sentence('LK-ZZZZ', lk.adele).then((s) => s.replace('LK-ZZZZ', request._id)),
    )
    const { cards } = await lk.click('request.show', { id: request._id }, { as: lk.isaiah })
    expect(textOf(cards[0])).toContain('Ada Lovelace')
    expect((await lk.click('request.show', { id: request._id }, { as: lk.adele })).reply).toContain(
      'There is no request',
    )
  })

  it('shows dates as the reader sees the clock', async () => {
    const expiresAt = request.stages[0]?.expiresAt ?? new Date(0)
    const at = (timeZone: string) => when(expiresAt, { timeZone, locale: 'en-GB', now: lk.clock.now() })
    expect(textOf(copyOf(lk, lk.alex, request._id))).toContain(at('Europe/London'))
    await speak(request._id, lk.megan, LOS_ANGELES)
    expect(textOf(copyOf(lk, lk.megan, request._id))).toContain(at(LOS_ANGELES))
    expect(at(LOS_ANGELES)).not.toBe(at('Europe/London'))
  })

  it('forgets nobody’s clock because they install the app once more, and takes the asker’s where it knows none', async () => {
    const silent = { localTimezone: undefined, locale: undefined, entities: [] }
    const installs = (as: string) =>
      lk.post({ ...lk.activityFrom(as), ...silent, type: 'installationUpdate', action: 'add' })
    await Promise.all([installs(lk.megan), installs(lk.lynne)])
    const asked = await ask(lk, { manager: lk.megan })
    const askedElsewhere = await ask(lk, { manager: lk.lynne })
    const at = (date: Date, timeZone: string) => when(date, { timeZone, locale: 'en-GB', now: lk.clock.now() })
    expect(textOf(copyOf(lk, lk.megan, asked._id))).toContain(at(asked.createdAt, LOS_ANGELES))
    expect(textOf(copyOf(lk, lk.lynne, askedElsewhere._id))).toContain(at(askedElsewhere.createdAt, 'Europe/London'))
    for (const { _id } of [asked, askedElsewhere]) await lk.click('request.withdraw', { id: _id }, { as: lk.alex })
  })

  it('keeps a card that was asked for up to date like every other copy', async () => {
    await lk.say(request._id, { as: lk.patti })
    await decide(lk, await now(lk, request), { as: lk.megan })
    await lk.settle()
    expect(textOf(lk.cardOf(lk.patti).card)).toContain('Done: every step verified')
    expect(await cardFor('approvals', lk.megan)).toContain('Nothing waits for you')
  })
})

describe('history', () => {
  it('is found by name and by request, for those who may see it', async () => {
    for (const query of [
      'history',
      'history ada',
      'history LOVELACE',
      `history ${request._id}`,
      'history ada.lovelace@contoso.com',
    ]) {
      const card = await cardFor(query, lk.isaiah)
      expect(card).toContain('Alex Wilber')
      expect(card).toContain('approved the new account for Ada Lovelace')
    }
    expect(await cardFor('history .*', lk.alex)).toContain('Nothing is recorded about this')
    expect(await cardFor('history (((', lk.alex)).toContain('Nothing is recorded about this')
  })

  it('shows others what they took part in, and nothing else', async () => {
    expect(await cardFor('history', lk.megan)).toContain('approved the new account for Ada Lovelace')
    expect(await cardFor('history', lk.megan)).not.toContain('asked for the new account')
    expect(await cardFor('history ada', lk.adele)).toContain('Nothing is recorded that you took part in')
    expect(await sentence(`history ${request._id}`, lk.adele)).toContain('There is no request')
    expect(await cardFor(`history ${request._id}`, lk.megan)).toContain('asked for the new account')
  })

  it('tells in words why a step failed and how it ended', async () => {
    await lk.control('POST', 'faults', { method: 'PUT', path: 'manager', status: 403, times: 9 })
    const partly = await ask(lk, { firstName: 'Grace', lastName: 'Hopper', userName: 'grace.hopper' })
    await decide(lk, partly, { as: lk.megan })
    await lk.settle()
    await lk.control('DELETE', 'faults')
    const card = await cardFor(`history ${partly._id}`, lk.alex)
    expect(card).toContain('Microsoft 365 does not allow Latchkey to do this')
    expect(card).toContain('partly done')
    expect(card).not.toContain('graph_refused')
  })

  it.each([
    ['longer than any name', 'x('.repeat(20_000)],
    ['with a zero in it', '\u0000 nobody'],
  ])('takes a text %s for what it is, whichever the database: nothing is found', async (_what, typed) => {
    const card = await cardFor(`history ${typed}`, lk.alex)
    expect(card).toContain('Nothing is recorded about this')
    expect(card.length).toBeLessThan(500)
  })

  it('proves that nobody edited it, and names the first entry that somebody did', async () => {
    expect(await sentence('history verify', lk.patti)).toMatch(/^The history is whole: \d+ entries/)
    const entries = await lk.store.collection<{ _id: string; seq: number; actor: object }>({
      name: 'history',
      indexes: [],
    })
    const [entry] = await entries.find({ kind: 'request.approved' })
    await entries.update({ _id: entry?._id }, { $set: { 'actor.name': 'Somebody Else' } })
    await lk.graph.users.update(lk.patti, { displayName: '[Patti](http://evil.example) <at>all</at>' })
    lk.passTime(61_000)
    const verdict = await sentence('history verify', lk.patti)
    expect(verdict).toContain(`tampered with.** Entry ${entry?.seq} is the first that does not fit (altered)`)
    expect(verdict).not.toContain('](')
    expect(verdict).not.toContain('<at>')
  })

  it('is verified for those who may read all of it', async () => {
    expect(await sentence('history verify', lk.adele)).toContain('Only the helpdesk')
  })
})

it('none of all this was an error of ours', () => expect(lk.errors).toEqual([]))
