import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { inputsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { accountOf } from './account.ts'

describe('leaving, and coming back', () => {
  let lk: Harness
  let before: Record<string, unknown>
  const requestOf = async (operation: string): Promise<Request> => {
    const [request] = await lk.requests.find({ operation }, { sort: { createdAt: -1 }, limit: 1 })
    if (!request) throw new Error(`Nobody asked to ${operation}.`)
    return request
  }

  beforeAll(async () => {
    lk = await startHarness()
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
    before = await accountOf(lk, lk.adele)
  })
  afterAll(() => lk.stop())

  it('shows the whole plan to the manager before anything is touched', async () => {
    await lk.say('deactivate adele vance', { as: lk.alex })
    const inputs = inputsOf(lk.cardOf(lk.alex).card)
    expect(inputs['autoReply']).toContain('Megan Bowen')
    await lk.press('Send', { as: lk.alex, inputs: { ...inputs, reason: 'Leaves for the sea' } })
    await lk.settle()
    const text = textOf(lk.cardOf(lk.megan).card)
    for (const seen of ['Sign-in', 'Sessions', 'Robotics Club', 'Power BI', 'HQ Badge Holders', 'LAPTOP-ADELEV']) {
      expect(text).toContain(seen)
    }
    expect(await accountOf(lk, lk.adele)).toEqual(before)
  })

  it('keeps the licences until the mailbox is safe, and waits for the person who makes it so', async () => {
    await lk.press('Approve', { as: lk.megan })
    await lk.settle()
    const request = await requestOf('deactivate')
    expect(request.status).toBe('waiting')
    const now = await accountOf(lk, lk.adele)
    expect(now).toMatchObject({
      accountEnabled: false,
      owners: [],
      devices: ["Adele's phone: false", 'LAPTOP-ADELEV: false'],
    })
    expect(now['assignedLicenses']).toEqual(before['assignedLicenses'])
  })

  it('believes a tick only when Graph agrees', async () => {
    const { _id: id } = await requestOf('deactivate')
    await lk.click('step.tick', { id, step: 'mailbox' }, { as: lk.alex })
    await lk.settle()
    expect((await requestOf('deactivate')).steps.find((s) => s.id === 'mailbox')).toMatchObject({
      outcome: 'pending',
      reason: { code: 'mailbox_not_safe' },
    })
    await lk.control('POST', 'mailbox', { userId: lk.adele, purpose: 'shared', hidden: true })
    await lk.click('step.tick', { id, step: 'mailbox' }, { as: lk.alex })
    await lk.click('step.tick', { id, step: 'address-list' }, { as: lk.alex })
    await lk.settle()
    const request = await requestOf('deactivate')
    expect(request.steps.filter((s) => s.outcome !== 'done' && s.outcome !== 'already')).toEqual([])
    expect(request.status).toBe('done')
    expect((await accountOf(lk, lk.adele))['assignedLicenses']).toEqual([])
  })

  it('shows on the way back what a person has to do again, in words that people use', async () => {
    const { _id: id } = await requestOf('deactivate')
    const [card] = (await lk.say(`undo ${id}`, { as: lk.alex })).cards
    expect(textOf(card)).toContain('personal (by hand)')
    expect(textOf(card)).toContain('shown (by hand)')
    expect(textOf(card)).toContain('Ways of signing in (phone, Authenticator)')
  })

  it('leaves the account as it was after the undo, property by property', async () => {
    const { _id: id } = await requestOf('deactivate')
    await lk.say(`undo ${id}`, { as: lk.alex })
    await lk.press('Send', {
      as: lk.alex,
      inputs: { ...inputsOf(lk.cardOf(lk.alex).card), reason: 'Came back from the sea' },
    })
    await lk.settle()
    await lk.press('Approve', { as: lk.megan })
    await lk.settle()
    await lk.control('POST', 'mailbox', { userId: lk.adele, purpose: 'user', hidden: false })
    const undo = await requestOf('undo')
    for (const step of ['mailbox', 'address-list']) await lk.click('step.tick', { id: undo._id, step }, { as: lk.alex })
    await lk.settle()
    expect((await requestOf('undo')).steps.filter((s) => s.outcome !== 'done' && s.outcome !== 'already')).toEqual([])
    expect(await accountOf(lk, lk.adele)).toEqual(before)
    expect((await requestOf('deactivate')).status).toBe('undone')
    expect((await lk.history.verify()).ok).toBe(true)
    expect(lk.errors).toEqual([])
  })
})
