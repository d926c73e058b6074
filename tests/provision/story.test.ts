import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inputsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'

describe('an account, from the question to the first sign-in', () => {
  let lk: Harness
  beforeAll(async () => {
    lk = await startHarness()
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
  })
  afterAll(() => lk.stop())

  it('opens the form filled with what was typed, and a free user name proposed', async () => {
    const { cards } = await lk.say('provision Ada Lovelace dept=Engineering manager=megan template=engineer', {
      as: lk.alex,
    })
    expect(inputsOf(cards[0])).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      userName: 'ada.lovelace',
      department: 'Engineering',
      manager: 'megan',
    })
  })

  it('becomes a request that shows its plan, and a card at the manager', async () => {
    const inputs = inputsOf(lk.cardOf(lk.alex).card)
    const { reply } = await lk.press('Send', { as: lk.alex, inputs: { ...inputs, reason: 'Joins the compiler team' } })
    expect(textOf(reply)).toContain('ada.lovelace@contoso.com')
    await lk.settle()
    const text = textOf(lk.cardOf(lk.megan).card)
    expect(text).toContain('Alex Wilber')
    expect(text).toContain('Joins the compiler team')
    expect(text).toContain('All Engineering')
  })

  it('runs when the manager approves, and ends in what was read back', async () => {
    await lk.press('Approve', { as: lk.megan, inputs: { comment: 'Welcome' } })
    await lk.settle()
    const [request] = await lk.requests.find({})
    expect(request).toMatchObject({ status: 'done' })
    expect(request?.steps.map((s) => s.outcome)).toEqual(request?.steps.map(() => 'done'))
    const user = await lk.graph.users.get('ada.lovelace@contoso.com')
    expect(user).toMatchObject({ displayName: 'Ada Lovelace', department: 'Engineering' })
    expect(textOf(lk.cardOf(lk.alex).card)).toContain('Done')
  })

  it('shows the pass once, to the manager', async () => {
    const { reply } = await lk.press('Show', { as: lk.megan })
    expect(textOf(reply)).toContain('ada.lovelace@contoso.com')
    const again = await lk.click('secret.reveal', { id: (await lk.requests.find({}))[0]?._id }, { as: lk.megan })
    expect(again.reply).toContain('only once')
    expect(lk.errors).toEqual([])
  })
})
