import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { type Store, StoreUnreachable } from '../../services/store/store.ts'
import { elementsOf, inputsOf, textOf, textsOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { aForm, ask, besideField, cardOf, copyOf, decide, now, submit } from './support.ts'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.alex, lk.megan]) await lk.install(who)
})
afterAll(() => lk.stop())

describe('a name is a name', () => {
  it.each([
    ['markdown', '**Bold**', '[click](https://evil.example)'],
    ['a mention', '<at>everyone</at>', 'Smith'],
    ['HTML', '<img src=x onerror=alert(1)>', '<b>Smith</b>'],
    ['a template expression', '${subject}', '${json(value)}'],
    ['emoji', 'Robin 🚀', '👩🏽‍🚀 Sparks'],
    ['another script', 'ليلى', 'חדד'],
    ['an apostrophe', 'Siobhán', "O'Brien-O''Neil"],
    ['a list mark', '- Ada', '1. Lovelace'],
    ['a regular expression', '.*', '(a+)+$'],
  ])('also with %s: shown as it is, and passed on as it is', async (_what, firstName, lastName) => {
    const request = await ask(lk, { firstName, lastName, jobTitle: lastName, reason: `For ${firstName}` })
    const name = `${firstName} ${lastName}`
    expect(request.subject.name).toBe(name)
    const card = copyOf(lk, lk.megan, request._id)
    expect(textsOf(card)).toContain(name)
    // A TextBlock would read markdown; the name stands in TextRuns, which do not.
    const blocks = elementsOf(card).filter((e) => e['type'] === 'TextBlock' && String(e['text']).includes(name))
    expect(blocks).toEqual([])
    await decide(lk, request, { as: lk.megan, comment: name })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    const user = await lk.graph.users.get(request.subject.userPrincipalName)
    expect(user).toMatchObject({ displayName: name, givenName: firstName, surname: lastName, jobTitle: lastName })
    const found = textOf((await lk.say(`history ${name}`, { as: lk.alex })).cards[0])
    expect(found).toContain(request._id)
  })

  it('without the marks that turn other text around', async () => {
    const request = await ask(lk, { firstName: 'Ada\u202e\u2066', lastName: 'Love\u200blace\u0007\n' })
    expect(request.subject.name).toBe('Ada Love lace')
  })

  it('of 300 characters is refused, and comes back whole', async () => {
    const draft = aForm(lk, { firstName: 'A'.repeat(300), manager: 'M'.repeat(300) })
    const card = cardOf(await submit(lk, draft))
    expect(besideField(card, 'firstName')).toContain('At most 64')
    expect(inputsOf(card)).toMatchObject({ firstName: 'A'.repeat(300), manager: 'M'.repeat(300) })
  })

  it.each([
    ['a name of 5,000 characters as manager', `manager=${'m'.repeat(5_000)}`, 'Nobody called'],
    ['a group of that length', `groups=${'g'.repeat(5_000)}`, 'The group "ggg'],
  ])('%s is nobody: said on the form, and no matter for Microsoft', async (_what, typed, said) => {
    const { cards } = await lk.say(`provision Ada Lovelace ${typed}`, { as: lk.alex })
    expect(textOf(cards[0])).toContain(said)
  })

  it('too long for any form is refused in a sentence, not answered with a card that no message can hold', async () => {
    const { texts, cards } = await lk.say(`provision ${'y'.repeat(100_000)}`, { as: lk.alex })
    expect(texts).toEqual(['That could not be read: firstName. Please try again.'])
    expect(cards).toEqual([])
    const { cards: nobody } = await lk.say(`deactivate ${'z'.repeat(4_000)}`, { as: lk.alex })
    expect(textOf(nobody[0])).toContain('Nobody called')
  })

  it.each(["Siobhán O'Brien", "s.o'brien", "s.o'brien@contoso.com"])(
    'of a manager with an apostrophe is found: %s',
    async (manager) => {
      expect((await ask(lk, { manager })).input['manager']).toMatchObject({ name: "Siobhán O'Brien" })
    },
  )

  it.each(["x' or '1' eq '1", '")(', '%27%20or%201', '../users', '*', 'a&$filter=x', '\\', '"'])(
    'that tries to be a query finds nobody: %s',
    async (manager) => {
      const card = cardOf(await submit(lk, aForm(lk, { manager })))
      expect(besideField(card, 'manager')).toContain('Nobody called')
      expect(inputsOf(card)['manager']).toBe(manager)
    },
  )

  it('with an apostrophe that is taken gets a free one', async () => {
    const card = cardOf(await submit(lk, aForm(lk, { userName: "s.o'brien" })))
    expect(besideField(card, 'userName')).toBe("s.o'brien@contoso.com is taken. s.o'brien2 is free.")
  })

  it('typed as a group or a licence is looked for, and not believed', async () => {
    const card = cardOf(await submit(lk, aForm(lk, { groups: "x' or displayName ne 'y", licences: '${skuId}' })))
    expect(besideField(card, 'groups')).toContain("x' or displayName ne 'y")
    expect(besideField(card, 'licences')).toContain('${skuId}')
  })
})

describe('what is not an activity', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const send = async (
    body: string | Buffer<ArrayBuffer>,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const answer = await fetch(`${lk.url}/api/messages`, { method: 'POST', headers, body })
    return { status: answer.status, text: await answer.text() }
  }
  const base = () => lk.activityFrom(lk.alex)
  const invoke = (value: unknown) => JSON.stringify({ ...base(), type: 'invoke', name: 'adaptiveCard/action', value })

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['half of one', () => '{"type":"message",'],
    ['a number', () => '7'],
    ['an array', () => '[{"type":"message"}]'],
    ['null', () => 'null'],
    ['an empty object', () => '{}'],
    ['one without a sender', () => JSON.stringify({ ...base(), from: undefined, type: 'message', text: 'help' })],
    [
      'one without a conversation',
      () => JSON.stringify({ ...base(), conversation: undefined, type: 'message', text: 'help' }),
    ],
    [
      'one without a recipient',
      () => JSON.stringify({ ...base(), recipient: undefined, type: 'message', text: 'help' }),
    ],
    [
      'one that names no address for the answer',
      () => JSON.stringify({ ...base(), serviceUrl: undefined, type: 'message', text: 'help' }),
    ],
    [
      'one that mentions nobody',
      () => JSON.stringify({ ...base(), entities: [{ type: 'mention', text: null }], type: 'message', text: 'help' }),
    ],
    ['one without anything but a type', () => '{"type":"message","text":"help"}'],
    ['one whose text is a number', () => JSON.stringify({ ...base(), type: 'message', text: 7 })],
    ['one whose text is an object', () => JSON.stringify({ ...base(), type: 'message', text: { toString: 1 } })],
    ['one whose type is an object', () => JSON.stringify({ ...base(), type: { a: 1 }, text: 'help' })],
    ['one whose sender is a word', () => JSON.stringify({ ...base(), from: 'alex', type: 'message', text: 'help' })],
    [
      'one whose object id is an object',
      () => JSON.stringify({ ...base(), from: { id: 'x', aadObjectId: { $ne: 1 } }, type: 'message', text: 'help' }),
    ],
    [
      'one whose object id is a path',
      () => JSON.stringify({ ...base(), from: { id: 'x', aadObjectId: '../groups' }, type: 'message', text: 'help' }),
    ],
    [
      'one whose entities are a word',
      () => JSON.stringify({ ...base(), entities: 'x', type: 'message', text: 'help' }),
    ],
    [
      'one whose entities are empty',
      () => JSON.stringify({ ...base(), entities: [null], type: 'message', text: 'help' }),
    ],
    ['one whose locale is a number', () => JSON.stringify({ ...base(), locale: 7, type: 'message', text: 'help' })],
    [
      'one from a time zone that is none',
      () => JSON.stringify({ ...base(), localTimezone: 'Mars/Olympus', type: 'message', text: 'help' }),
    ],
    ['one without text', () => JSON.stringify({ ...base(), type: 'message' })],
    ['one of an unknown type', () => JSON.stringify({ ...base(), type: 'fhqwhgads' })],
    ['an installation without an action', () => JSON.stringify({ ...base(), type: 'installationUpdate', action: 7 })],
    ['a click without a value', () => invoke(undefined)],
    ['a click whose value is a word', () => invoke('approve')],
    ['a click without an action', () => invoke({})],
    ['a click whose verb is a number', () => invoke({ action: { type: 'Action.Execute', verb: 7, data: {} } })],
    [
      'a click whose data is an array',
      () => invoke({ action: { type: 'Action.Execute', verb: 'request.approve', data: [1] } }),
    ],
    [
      'a click whose data is a word',
      () => invoke({ action: { type: 'Action.Execute', verb: 'provision.submit', data: 'x' } }),
    ],
    ['a click of another kind', () => invoke({ action: { type: 'Action.Submit', verb: 'request.approve', data: {} } })],
    [
      'a click with a polluted prototype',
      () =>
        invoke(JSON.parse('{"action":{"type":"Action.Execute","verb":"__proto__","data":{"__proto__":{"id":"x"}}}}')),
    ],
    ['another invoke', () => JSON.stringify({ ...base(), type: 'invoke', name: 'task/fetch', value: {} })],
    ['a very long text', () => JSON.stringify({ ...base(), type: 'message', text: 'x'.repeat(200_000) })],
    ['a text of spaces', () => JSON.stringify({ ...base(), type: 'message', text: ' '.repeat(100_000) })],
    [
      'a text of equal signs',
      () => JSON.stringify({ ...base(), type: 'message', text: `provision ${'a=" '.repeat(20_000)}` }),
    ],
    ['one deeper than anything', () => `{"type":"message","text":"help","channelData":${deep(20_000)}}`],
    ['a click deeper than anything', () => `{"type":"invoke","name":"adaptiveCard/action","value":${deep(20_000)}}`],
    ['one larger than any', () => JSON.stringify({ ...base(), type: 'message', text: 'x'.repeat(300_000) })],
  ])('%s is answered without a stack trace, and the bot lives on', async (_what, body) => {
    const { status, text } = await send(body())
    // 501 is what the protocol has for an invoke that nobody handles.
    if (status !== 501) expect(status).toBeLessThan(500)
    expect(text).not.toMatch(/\bat .*\.[jt]s|node_modules|TypeError|Error:|Cannot read/)
    expect((await lk.say('help', { as: lk.alex })).cards).toHaveLength(1)
    expect(lk.errors).toEqual([])
  })

  it('is refused where it does not even say that it is JSON', async () => {
    const body = JSON.stringify({ ...base(), type: 'message', text: 'help' })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const { status, text } = await send(body, { 'content-type': type })
      expect(status).toBe(400)
      expect(text).not.toMatch(/node_modules|\.js/)
    }
    expect((await fetch(`${lk.url}/api/messages`)).status).toBe(404)
  })

  it('is refused where it is not UTF-8, as nobody could tell how deep it is', async () => {
    const body = JSON.stringify({ ...base(), type: 'message', text: 'help' })
    const json = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` })
    expect((await send(Buffer.from(body, 'utf16le'), json('utf-16'))).status).toBe(400)
    expect((await send(body, json('UTF-8'))).status).toBe(200)
  })

  it('is none the deeper for brackets in a text', async () => {
    const body = JSON.stringify({ ...base(), type: 'message', text: `help "${'[{'.repeat(500)}\\` })
    expect((await send(body)).status).toBe(200)
  })

  it('is refused where a web page sends it, or sends it under a name of its own', async () => {
    const body = JSON.stringify({ ...base(), type: 'message', text: 'help' })
    const json = { 'content-type': 'application/json' }
    expect((await send(body, { ...json, origin: 'https://evil.example' })).status).toBe(403)
    expect((await send(body, { ...json, origin: 'null' })).status).toBe(403)
    expect(await statusWithHost('evil.example')).toBe(403)
    expect(await statusWithHost('127.0.0.1.evil.example')).toBe(403)
    expect(await statusWithHost(`localhost:${new URL(lk.url).port}`)).toBeLessThan(300)
  })

  /** `fetch` does not let one choose the host. */
  const statusWithHost = (host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(`${lk.url}/api/messages`, {
        method: 'POST',
        headers: { host, 'content-type': 'application/json' },
      })
      sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject)
      sent.end(JSON.stringify({ ...base(), type: 'message', text: 'help' }))
    })
})

describe('a turn that cannot even begin', () => {
  it('because the database is away says so, in the chat and to a click', async () => {
    const store = await createEmbeddedStore()
    let isAway = false
    const away = (): void => {
      if (isAway) throw new StoreUnreachable('away')
    }
    const shaky: Store = {
      ...store,
      async collection(spec) {
        const collection = await store.collection<never>(spec)
        if (spec.name !== 'conversations') return collection
        return { ...collection, get: async (id) => (away(), collection.get(id)) }
      },
    }
    const bot = await startHarness({ store: shaky })
    isAway = true
    expect((await bot.say('help', { as: bot.alex })).texts[0]).toContain('The database does not answer right now')
    expect((await bot.click('form.cancel', {}, { as: bot.alex })).reply).toContain('The database does not answer')
    isAway = false
    expect((await bot.say('help', { as: bot.alex })).cards).toHaveLength(1)
    expect(bot.errors).toEqual([])
    await bot.stop()
  })
})
