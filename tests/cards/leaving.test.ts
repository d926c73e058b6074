import { describe, expect, it } from 'vitest'
import { requestCard } from '../../cards/request.ts'
import type { Request, StepRecord } from '../../services/requests/request.ts'
import { aDeactivation, aLeavingPlan, ALEX, anUndo, aStage, aStep, NOON, planOf, records } from '../support/builders.ts'
import { asAlex, asMegan, asSomebody, buttons, elements, lines, rows, verbs } from './reading.ts'

const plan = aLeavingPlan()
const done = { outcome: 'done' as const }
const byHand = { reason: { code: 'waits_for_person' as const } }
const waiting = (outcomes: Partial<StepRecord>[], overrides: Partial<Request> = {}) =>
  aDeactivation({ status: 'waiting', steps: records(overrides.plan?.steps ?? plan, outcomes), ...overrides })

describe('the card of somebody who leaves', () => {
  it('says who, why, when, who takes over, and what becomes of the mailbox', () => {
    const card = requestCard(aDeactivation(), asMegan)
    expect(lines(card)[0]).toBe('Deactivate  Adele Vance')
    expect(rows(card).slice(0, 4)).toEqual([
      'Why | Leaves at the end of the month',
      'When | Tue 1 Dec, 07:00',
      'Takes over | Nestor Wilke',
      'Mailbox | made shared, by hand',
    ])
  })

  it('says that nobody takes over', () => {
    const input = { ...aDeactivation().input, successor: undefined }
    expect(rows(requestCard(aDeactivation({ input }), asMegan))).toContain('Takes over | nobody')
  })

  it('strikes out what is taken away, unless it could not be taken', () => {
    const struck = (request: Request) =>
      elements(requestCard(request, asAlex)).find((e) => e['text'] === 'All Engineering')?.['strikethrough']
    expect(struck(aDeactivation())).toBe(true)
    expect(struck(waiting([done, done]))).toBe(true)
    expect(struck(waiting([done, { outcome: 'failed' }]))).toBe(false)
    expect(struck(waiting([done, { outcome: 'undone' }]))).toBe(false)
  })

  it('strikes out what was taken back', () => {
    const blocked = (steps: Partial<StepRecord>[]) =>
      elements(requestCard(waiting(steps), asAlex)).find((e) => e['text'] === 'blocked')?.['strikethrough']
    expect([blocked([done]), blocked([{ outcome: 'undone' }])]).toEqual([false, true])
  })

  it('shows in full the reply that others will read', () => {
    const after = 'Adele has left. '.repeat(60).trim()
    const steps = [aStep({ id: 'r', kind: 'auto-reply', change: 'change', title: 'Auto-reply', before: 'off', after })]
    expect(rows(requestCard(aDeactivation({ plan: planOf(steps) }), asMegan))).toContain(
      `~ | Auto-reply | off → ${after}`,
    )
  })

  it('names every one of a hundred groups, and can still be delivered', () => {
    const group = (i: number) =>
      aStep({ id: `group:${i}`, kind: 'leave-group', change: 'remove', before: `A group with number ${i}`, after: '' })
    const groups = Array.from({ length: 100 }, (_, i) => group(i))
    const outcomes = groups.map((_, i) => (i === 50 ? { outcome: 'failed' as const } : done))
    const planned = requestCard(aDeactivation({ plan: planOf(groups) }), asMegan)
    const ran = requestCard(
      aDeactivation({ plan: planOf(groups), steps: records(groups, outcomes), status: 'partial' }),
      asAlex,
    )
    const back = groups.map(() => ({ outcome: 'undone' as const }))
    const undone = requestCard(
      aDeactivation({ plan: planOf(groups), steps: records(groups, back), status: 'undone' }),
      asAlex,
    )
    for (const card of [planned, ran, undone]) {
      const text = JSON.stringify(card)
      expect(text.length * 2).toBeLessThan(80_000)
      for (const { before } of groups) expect(text).toContain(before)
    }
    expect(rows(ran)).toContain('✕ | Group | A group with number 50 / failed')
  })

  it('lists what no step says and the approver should know', () => {
    const notes = ['All Staff cannot be left here: its rule decides.', 'Is the only admin of Latchkey.']
    const card = requestCard(aDeactivation({ plan: planOf(plan, { notes }) }), asMegan)
    expect(lines(card)).toContain('Good to know')
    expect(rows(card)).toEqual(expect.arrayContaining(notes.map((note) => `! | ${note}`)))
    expect(lines(requestCard(aDeactivation(), asMegan))).not.toContain('Good to know')
  })

  it('says that a protected person needs more rounds, and which', () => {
    const stages = [aStage(), aStage({ name: 'Security' })]
    const guarded = planOf(plan, { care: 'protected' })
    const shown = (status: Request['status']) =>
      lines(requestCard(aDeactivation({ plan: guarded, stages, status }), asMegan))
    expect(shown('pending')).toContain('Protected: needs Manager and Security')
    expect(shown('rejected').join()).not.toContain('Protected')
  })

  it('says that it is urgent, for protected people too', () => {
    const input = { ...aDeactivation().input, urgent: true }
    const urgent = 'Urgent: sign-in is blocked within seconds of the approval'
    expect(lines(requestCard(aDeactivation({ plan: planOf(plan, { care: 'urgent' }) }), asMegan))).toContain(urgent)
    const guarded = aDeactivation({ input, plan: planOf(plan, { care: 'protected' }) })
    expect(lines(requestCard(guarded, asMegan))).toContain(urgent)
    expect(lines(requestCard(aDeactivation(), asMegan))).not.toContain(urgent)
  })
})

describe('a step that somebody does by hand', () => {
  const open = waiting([done, done, byHand])

  it('is put to the one who asked, with numbered instructions and a tick', () => {
    const card = requestCard(open, asAlex)
    expect(lines(card)[2]).toBe('Waiting for you to do by hand: Mailbox · 2 verified')
    expect(lines(card)).toContain('For you to do: Mailbox')
    expect(rows(card)).toContain('1 | Open the Exchange admin center, Recipients, Mailboxes.')
    expect(rows(card)).toContain('○ | Mailbox | personal → shared (by hand) / waits for you: see below')
    const [tick] = buttons(card)
    expect(tick).toMatchObject({ title: 'Done: Mailbox', verb: 'step.tick', data: { id: 'LK-7F3K', step: 'mailbox' } })
  })

  it.each([
    ['the approver', asMegan],
    ['somebody else', asSomebody],
  ])('is not put to %s', (_who, viewer) => {
    const card = requestCard(open, viewer)
    expect(verbs(card)).toEqual([])
    expect(lines(card).join()).not.toContain('For you to do')
    expect(lines(card)[2]).toContain('Waiting for Alex Wilber to do by hand: Mailbox')
  })

  it('is not asked for before what it needs is done', () => {
    expect(verbs(requestCard(waiting([{}, done, {}]), asAlex))).not.toContain('step.tick')
    expect(verbs(requestCard(waiting([{ outcome: 'already' }, {}, byHand]), asAlex))).toContain('step.tick')
  })

  // The card offered a tick for what was about to be found done: the button was gone before it could be pressed.
  it('is not asked for before it was looked for, as it may be done already', () => {
    expect(verbs(requestCard(waiting([done, done, {}]), asAlex))).not.toContain('step.tick')
  })

  it('is not asked for in a request that has not begun, or has ended', () => {
    for (const status of ['pending', 'scheduled', 'done', 'partial', 'undone'] as const) {
      expect(verbs(requestCard({ ...open, status }, asAlex))).not.toContain('step.tick')
    }
  })

  it('once ticked is looked at, and asked for again if it is not to be seen', () => {
    const ticked = { ticked: { by: ALEX, at: NOON } }
    expect(verbs(requestCard(waiting([done, done, ticked]), asAlex))).not.toContain('step.tick')
    const unsafe = requestCard(waiting([done, done, { ...ticked, reason: { code: 'mailbox_not_safe' } }]), asAlex)
    expect(verbs(unsafe)).toContain('step.tick')
    expect(lines(unsafe)[2]).toContain('Waiting for Exchange to show what was done by hand: Mailbox')
    expect(rows(unsafe).join()).toContain(
      'Exchange has not shown the conversion yet, which can take some minutes; looked for again by itself',
    )
  })
})

describe('a request that waits', () => {
  const sentence = (request: Request) => lines(requestCard(request, asAlex))[2]
  const dated = { reason: { code: 'not_before' as const }, retryAt: new Date('2026-12-23T09:00:00Z') }

  it('is done but for what has its day', () => {
    const request = waiting([done, done, done, done, dated])
    expect(sentence(request)).toBe('Done but for the deletion on Wed 23 Dec · 4 verified')
    expect(rows(requestCard(request, asAlex)).at(-1)).toMatch(/ \/ on Wed 23 Dec$/)
  })

  it('is not done where something failed', () => {
    const request = waiting([done, { outcome: 'failed' }, done, done, dated])
    expect(sentence(request)).toBe('Waiting for the deletion on Wed 23 Dec · 3 verified')
  })

  it('says that it goes on by itself when a seat is free', () => {
    const steps = [aStep({ id: 'l', kind: 'assign-licences', title: 'Licence', after: 'Microsoft 365 E3' })]
    const noSeat = waiting([{ outcome: 'applying', reason: { code: 'no_seats' } }], { plan: planOf(steps) })
    expect(sentence(noSeat)).toBe('Waiting for a free seat: Licence; goes on by itself · 0 verified')
    expect(rows(requestCard(noSeat, asAlex))).toContain('◐ | Licence | Microsoft 365 E3 / waits for a free seat')
  })

  it('says what was left undone as it was taken back', () => {
    const steps = records(plan, [done, { outcome: 'skipped', reason: { code: 'taken_back' } }])
    expect(rows(requestCard(aDeactivation({ status: 'partial', steps }), asAlex))).toContain(
      '– | Group | All Engineering / not done: the request was taken back',
    )
  })
})

it('the card of an undo says whom it concerns and which request it takes back', () => {
  const card = requestCard(anUndo(), asMegan)
  expect(lines(card)[0]).toBe('Undo  Adele Vance · takes back LK-7F3K')
  expect(rows(card)).toEqual(expect.arrayContaining(['Why | Stays after all', '~ | Sign-in | blocked → allowed']))
})
