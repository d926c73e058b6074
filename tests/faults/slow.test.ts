import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { aForm, ask, copyOf, decide, now, submit } from '../rules/support.ts'

const PATIENCE_MS = 250
const SLOW = 'Microsoft 365 is slow right now'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness({ answerMs: PATIENCE_MS })
  for (const who of [lk.alex, lk.megan]) await lk.install(who)
  await lk.say('provision', { as: lk.alex })
})
afterAll(() => lk.stop())

/** Until somebody calls it off, Graph takes this long for everything of this kind. */
const slowly = (fault: object) => lk.control('POST', 'faults', { times: 50, delayMs: 2 * PATIENCE_MS, ...fault })
const again = () => lk.control('DELETE', 'faults')

/** What is late still has to come. */
const later = () => new Promise((done) => setTimeout(done, 3 * PATIENCE_MS))

describe('when Graph is slower than Teams waits for an answer', () => {
  it('an approval is taken at once and takes effect when Graph has answered', async () => {
    const request = await ask(lk)
    await slowly({ path: `/users/${lk.megan}` })
    expect(textOf((await decide(lk, request, { as: lk.megan })).reply)).toContain('Approved; starts in a moment')
    expect((await now(lk, request)).status).toBe('pending')
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    await again()
  })

  it('an approval of somebody who is looked up first is answered in time, counts, and is seen on the card', async () => {
    const request = await ask(lk)
    lk.passTime(61_000)
    await slowly({ path: `/users/${lk.megan}` })
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain(SLOW)
    await again()
    await later()
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect(textOf(copyOf(lk, lk.megan, request._id))).toContain('Done')
  })

  it('a form is answered in time, and sent once more it is still one request', async () => {
    const draft = aForm(lk)
    await slowly({ path: '/domains' })
    expect((await submit(lk, draft)).reply).toContain(SLOW)
    await again()
    await later()
    const sentAgain = await submit(lk, draft)
    const requests = await lk.requests.find({ form: `${lk.alex}:${draft['form']}` })
    expect(requests).toHaveLength(1)
    expect(textOf(sentAgain.reply)).toContain(requests[0]?._id)
  })

  it('a secret is not opened for nobody: it is still there at the next click', async () => {
    const request = await ask(lk)
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    const open = () => lk.click('secret.reveal', { id: request._id }, { as: lk.megan })
    await slowly({ path: `/users/${lk.megan}` })
    expect((await open()).reply).toContain(SLOW)
    await again()
    await later()
    expect((await now(lk, request)).secret?.opened).toBeUndefined()
    expect(textOf((await open()).reply)).toContain('shown once')
  })

  it('a command is answered in time', async () => {
    await slowly({ path: '/domains' })
    expect((await lk.say('provision Ada Lovelace', { as: lk.alex })).texts[0]).toContain(SLOW)
    await again()
    await later()
    expect((await lk.say('help', { as: lk.alex })).cards).toHaveLength(1)
  })

  it('and none of all this was an error of ours', () => expect(lk.errors).toEqual([]))
})
