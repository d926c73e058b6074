import { describe, expect, it } from 'vitest'
import { mayDecide, statusText } from '../../cards/status.ts'
import type { Status } from '../../services/requests/status.ts'
import { ALEX, aRequest, aStage, DIGEST, MEGAN, NESTOR, NOON, records } from '../support/builders.ts'
import { asAlex, asMegan } from './reading.ts'

const decided = (verdict: 'approved' | 'rejected') => ({ by: MEGAN, verdict, at: NOON, digest: DIGEST })
const TOMORROW = new Date(NOON.getTime() + 86_400_000)
const plan = aRequest().plan.steps

describe('the status in a sentence', () => {
  const expected: Record<Status, string> = {
    pending: 'Waiting for Megan Bowen',
    approved: 'Approved; starts in a moment',
    scheduled: 'Scheduled for Tue 1 Dec, 07:00',
    running: 'Running: step 3 of 6',
    waiting: 'Microsoft 365 is slow at step 3 of 6; goes on by itself',
    done: 'Done: every step verified',
    partial: 'Partly done: 1 of 6 steps failed',
    failed: 'Failed: 1 of 6 steps failed',
    rejected: 'Rejected by Megan Bowen',
    withdrawn: 'Withdrawn by Alex Wilber',
    expired: 'Expired: nobody answered in time, which means no',
    undone: 'Undone: taken back, step by step',
  }

  it.each(Object.entries(expected) as [Status, string][])('%s', (status, sentence) => {
    const request = aRequest({
      status,
      steps: records(plan, [{ outcome: 'done' }, { outcome: 'failed' }]),
      stages: [aStage({ decisions: status === 'rejected' ? [decided('rejected')] : [] })],
    })
    expect(statusText(request, asAlex)).toBe(sentence)
  })

  it('says why a request failed where no step says it', () => {
    const outcome = { code: 'graph_refused', graphCode: 'Authorization_RequestDenied' } as const
    expect(statusText(aRequest({ status: 'failed', outcome }), asAlex)).toBe(
      'Failed: Microsoft 365 does not allow Latchkey to do this (Authorization_RequestDenied)',
    )
  })

  it('tells the one who is asked that it is their turn', () => {
    expect(statusText(aRequest(), asMegan)).toBe('Waiting for you')
  })

  it.each([
    { verdict: 'approved', startAt: NOON, stages: 1, sentence: 'Approved; starts in a moment' },
    { verdict: 'approved', startAt: TOMORROW, stages: 1, sentence: 'Scheduled for Tue 24 Nov, 12:00' },
    { verdict: 'approved', startAt: NOON, stages: 2, sentence: 'Approved; the next are asked in a moment' },
    { verdict: 'rejected', startAt: NOON, stages: 1, sentence: 'Rejected by Megan Bowen' },
  ] as const)('says from the click on what was decided: $sentence', ({ verdict, startAt, stages, sentence }) => {
    const first = aStage({ decisions: [decided(verdict)], verdict })
    const request = aRequest({ stages: [first, aStage()].slice(0, stages), startAt })
    expect(statusText(request, asAlex)).toBe(sentence)
    expect(mayDecide(request, asMegan)).toBe(false)
  })

  it('names everyone who may answer, and how many are needed', () => {
    const both = [MEGAN, NESTOR].map((p) => ({ ...p, via: 'group' as const }))
    expect(statusText(aRequest({ stages: [aStage({ approvers: both })] }), asAlex)).toBe(
      'Waiting for Megan Bowen or Nestor Wilke',
    )
    expect(statusText(aRequest({ stages: [aStage({ approvers: both, needed: 2 })] }), asAlex)).toBe(
      'Waiting for 2 of Megan Bowen and Nestor Wilke',
    )
  })

  it('does not wait for somebody who has answered or cannot be reached', () => {
    const approvers = [
      { ...MEGAN, via: 'group' as const },
      { ...NESTOR, via: 'group' as const, reached: false },
      { ...ALEX, via: 'group' as const, name: 'Alex Young' },
    ]
    const request = aRequest({ stages: [aStage({ approvers, needed: 2, decisions: [decided('approved')] })] })
    expect(statusText(request, asAlex)).toBe('Waiting for Alex Young')
  })

  it('does not list a whole group', () => {
    const approvers = Array.from({ length: 8 }, (_, i) => ({
      ...MEGAN,
      id: `${i}`,
      name: `P${i}`,
      via: 'group' as const,
    }))
    expect(statusText(aRequest({ stages: [aStage({ approvers })] }), asAlex)).toBe('Waiting for P0, P1, P2 or 5 others')
  })
})

describe('who is offered the decision', () => {
  it('the approver of the open stage, once', () => {
    expect(mayDecide(aRequest(), asMegan)).toBe(true)
    expect(mayDecide(aRequest({ stages: [aStage({ needed: 2, decisions: [decided('approved')] })] }), asMegan)).toBe(
      false,
    )
  })

  it('not the one who asked, even if policy names them', () => {
    const request = aRequest({ requester: MEGAN })
    expect(mayDecide(request, asMegan)).toBe(false)
  })

  it('not the person concerned', () => {
    expect(mayDecide(aRequest({ subject: { ...MEGAN } }), asMegan)).toBe(false)
  })

  it('not an approver of a later stage', () => {
    const stages = [aStage({ approvers: [{ ...NESTOR, via: 'role' }] }), aStage()]
    expect(mayDecide(aRequest({ stages }), asMegan)).toBe(false)
  })

  it('nobody once it is decided', () => {
    expect(mayDecide(aRequest({ status: 'approved' }), asMegan)).toBe(false)
  })
})
