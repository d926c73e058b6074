import { describe, expect, it } from 'vitest'
import { requestCard } from '../../cards/request.ts'
import type { Request, Stage } from '../../services/requests/request.ts'
import {
  aDeactivation,
  ALEX,
  anUndo,
  aRequest,
  aStage,
  DIGEST,
  MEGAN,
  NESTOR,
  NOON,
  records,
} from '../support/builders.ts'
import { asAlex, asMegan, asSomebody, buttons, inputs, lines, rows, verbs } from './reading.ts'

const plan = aRequest().plan.steps
const done = { outcome: 'done' as const }

describe('the buttons of an approver', () => {
  it('approve or reject exactly the plan that is shown', () => {
    const offered = buttons(requestCard(aRequest(), asMegan))
    expect(offered.map((b) => b.verb)).toEqual(['request.approve', 'request.reject'])
    for (const { data } of offered) expect(data).toEqual({ id: 'LK-7F3K', plan: DIGEST })
    expect(inputs(requestCard(aRequest(), asMegan))['comment']).toMatchObject({ type: 'Input.Text', maxLength: 500 })
  })

  it('are gone once somebody decided', () => {
    const decisions = [{ by: NESTOR, verdict: 'approved' as const, at: NOON, digest: DIGEST }]
    const card = requestCard(aRequest({ status: 'approved', stages: [aStage({ decisions })] }), asMegan)
    expect(verbs(card)).toEqual([])
    expect(inputs(card)).toEqual({})
  })

  it('are not on the card of the requester or of others', () => {
    expect(verbs(requestCard(aRequest(), asAlex))).toEqual(['request.withdraw'])
    expect(verbs(requestCard(aRequest(), asSomebody))).toEqual([])
    const approvers = [{ ...ALEX, via: 'person' as const }]
    const own = requestCard(aRequest({ stages: [aStage({ approvers })] }), { ...asAlex, role: 'approver' })
    expect(verbs(own)).toEqual([])
  })
})

describe('the buttons of the requester', () => {
  const failed = records(plan, [{ outcome: 'failed' }])

  it.each([
    ['pending', ['request.withdraw']],
    ['scheduled', ['request.withdraw']],
    ['running', []],
    ['waiting', ['request.undo']],
    ['done', ['request.undo']],
    ['partial', ['request.retry', 'request.undo']],
    ['undone', []],
    ['failed', ['request.retry', 'request.again']],
    ['rejected', ['request.again']],
    ['withdrawn', ['request.again']],
    ['expired', ['request.again']],
  ] as const)('%s', (status, expected) => {
    const card = requestCard(aRequest({ status, steps: failed }), asAlex)
    expect(verbs(card)).toEqual(expected)
    for (const { data } of buttons(card)) expect(data).toEqual({ id: 'LK-7F3K' })
  })

  it('take back an account that was given or closed, but not the taking back', () => {
    const offered = (request: Request) => verbs(requestCard(request, asAlex))
    expect(offered(aDeactivation({ status: 'done' }))).toEqual(['request.undo'])
    expect(offered(anUndo({ status: 'done' }))).toEqual([])
    expect(offered(anUndo({ status: 'done', operation: 'reactivate' }))).toEqual([])
    expect(verbs(requestCard(aDeactivation({ status: 'done' }), asMegan))).toEqual([])
  })

  it('offer no retry where no step failed', () => {
    expect(verbs(requestCard(aRequest({ status: 'failed' }), asAlex))).toEqual(['request.again'])
  })
})

describe('the approval on the card', () => {
  it('says who decided what, when and with which words', () => {
    const decisions = [{ by: MEGAN, verdict: 'rejected' as const, at: NOON, digest: DIGEST, comment: 'Not *my* team' }]
    const card = requestCard(aRequest({ status: 'rejected', stages: [aStage({ decisions })] }), asAlex)
    expect(rows(card)).toContain('✕ | Megan Bowen rejected · Mon 23 Nov, 12:00 / “Not *my* team”')
  })

  it('says until when, and that silence is a no', () => {
    expect(lines(requestCard(aRequest(), asAlex))).toContain(
      'Waiting for Megan Bowen · by Wed 25 Nov, 09:00; no answer means no',
    )
  })

  it('says who could not be asked, why, and who is asked instead', () => {
    const stage = aStage({
      approvers: [{ ...NESTOR, via: 'fallback' }],
      passedOver: [{ name: 'Megan Bowen', why: 'not_reached' }],
    })
    expect(rows(requestCard(aRequest({ stages: [stage] }), asAlex))).toContain(
      '! | Megan Bowen could not be reached; Nestor Wilke is asked instead',
    )
  })

  it('says that no manager is set, and not that the manager has none', () => {
    const stage = aStage({
      approvers: [{ ...NESTOR, via: 'fallback' }],
      passedOver: [{ name: 'Manager', why: 'no_manager' }],
    })
    expect(rows(requestCard(aRequest({ stages: [stage] }), asAlex))).toContain(
      '! | Manager is not set; Nestor Wilke is asked instead',
    )
  })

  it('says which of several rounds it is at, and which come after', () => {
    const later = aStage({ name: 'Security', approvers: [] })
    const decisions = [{ by: MEGAN, verdict: 'approved' as const, at: NOON, digest: DIGEST }]
    const shown = (first: Stage, stage: number) =>
      rows(requestCard(aRequest({ stages: [first, later], stage }), asAlex))
    expect(shown(aStage(), 0).slice(-2)).toEqual(['◐ | Manager is asked now', '○ | Security is asked after that'])
    expect(shown(aStage({ decisions }), 1).slice(-2)).toEqual([
      '✓ | Megan Bowen approved (Manager) · Mon 23 Nov, 12:00',
      '◐ | Security is asked now',
    ])
  })

  it('keeps silent about who could not be asked in rounds that are still to come', () => {
    const stages = [aStage(), aStage({ passedOver: [{ name: 'Later', why: 'disabled' }] })]
    expect(lines(requestCard(aRequest({ stages }), asAlex)).join()).not.toContain('Later')
  })
})

describe('the first secret', () => {
  const secret = {
    id: 's1',
    purpose: 'temporary-access-pass' as const,
    entitled: [MEGAN],
    expiresAt: new Date('2026-11-24T10:00:00Z'),
  }
  const ended = {
    status: 'done' as const,
    steps: records(
      plan,
      plan.map(() => done),
    ),
  }

  it('is offered only to the person entitled to it', () => {
    const request = aRequest({ ...ended, secret })
    expect(verbs(requestCard(request, asMegan))).toEqual(['secret.reveal'])
    expect(verbs(requestCard(request, { ...asMegan, role: 'other' }))).toEqual(['secret.reveal'])
    expect(verbs(requestCard(request, asAlex))).not.toContain('secret.reveal')
    expect(lines(requestCard(request, asAlex))).toContain(
      'Megan Bowen can open the temporary access pass once, until Tue 24 Nov, 10:00',
    )
  })

  it('is not offered twice; the card says who opened it', () => {
    const request = aRequest({ ...ended, secret: { ...secret, opened: { by: MEGAN, at: NOON } } })
    expect(verbs(requestCard(request, asMegan))).toEqual([])
    expect(lines(requestCard(request, asAlex))).toContain(
      'Megan Bowen opened the temporary access pass · Mon 23 Nov, 12:00',
    )
  })

  it('can be issued anew when it lapsed unopened', () => {
    const request = aRequest({ ...ended, secret: { ...secret, expiresAt: NOON } })
    expect(verbs(requestCard(request, asMegan))).toEqual(['secret.renew'])
  })
})
