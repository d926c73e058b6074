import { afterAll, beforeAll, expect, it } from 'vitest'
import { elementsOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { aForm, ask, cardOf, decide } from './support.ts'

// teams-ai 1.7.4 keeps the response mode of `actionExecute` outside the turn: once a handler has answered a card with
// `refresh`, every later card of that registration is painted over the message, for everybody who sees it.

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.alex, lk.megan]) await lk.install(who)
})
afterAll(() => lk.stop())

const putsBy = async (act: () => Promise<unknown>): Promise<number> => {
  const before = lk.teams.received.length
  await act()
  return lk.teams.received.slice(before).filter((line) => line.startsWith('PUT')).length
}

it('however many cards were answered, a card answers only the one who clicked', async () => {
  const chat = 'helpdesk-chat'
  const message = (await lk.say('help', { as: lk.alex, chat })).cards.length
  expect(message).toBe(1)
  const on = lk.teams.messages(chat)[0]?.id ?? ''
  const puts = await putsBy(async () => {
    for (let i = 0; i < 12; i += 1) {
      const draft = aForm(lk, i % 2 === 0 ? {} : { lastName: '' })
      cardOf(await lk.click('provision.check', draft, { as: i % 3 === 0 ? lk.isaiah : lk.alex, chat, on }))
      cardOf(await lk.click('form.cancel', {}, { as: lk.alex, chat, on }))
      if (i % 2 === 1) cardOf(await lk.click('provision.submit', draft, { as: lk.alex, chat, on }))
    }
  })
  expect(puts).toBe(0)
  expect(lk.teams.messages(chat)).toHaveLength(1)
})

it('no card that is answered or sent asks to be refreshed', async () => {
  const request = await ask(lk)
  const answers = [
    await lk.click('provision.check', aForm(lk), { as: lk.alex }),
    await decide(lk, request, { as: lk.megan }),
    await lk.click('form.cancel', {}, { as: lk.alex }),
  ]
  await lk.settle()
  answers.push(await lk.click('secret.reveal', { id: request._id }, { as: lk.megan }))
  const cards = [
    ...answers.map(cardOf),
    ...[lk.alex, lk.megan].flatMap((p) => lk.teams.messages(lk.chatOf(p)).map((m) => m.card)),
  ]
  expect(cards.length).toBeGreaterThan(5)
  for (const card of cards) expect(elementsOf(card).some((element) => 'refresh' in element)).toBe(false)
})
