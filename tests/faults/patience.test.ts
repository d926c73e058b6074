import { describe, expect, it } from 'vitest'
import { GraphUnreachable } from '../../services/graph/index.ts'
import type { StepRecord } from '../../services/requests/request.ts'
import { verdictOn } from '../../services/requests/stepFailure.ts'
import { aStep, NOON } from '../support/builders.ts'

const unreachable = new GraphUnreachable({
  operation: 'DELETE /users/{id}',
  reason: '503',
  mayHaveHappened: false,
  clientRequestId: 'c',
})
const ago = (minutes: number): Date => new Date(NOON.getTime() - minutes * 60_000)
const verdict = (record: Partial<StepRecord>) =>
  verdictOn(unreachable, {
    planned: aStep({ id: 'delete', kind: 'delete-user' }),
    record: { id: 'delete', outcome: 'applying', attempts: 3, ...record },
    now: NOON,
  })

describe('the patience with Graph', () => {
  it('of a step that waited a day for its time is that of one that has just begun', () => {
    expect(verdict({ startedAt: ago(24 * 60) })).toMatchObject({ then: 'later', since: NOON })
  })

  it('counts from when the trouble began, and ends after an hour of it', () => {
    expect(verdict({ startedAt: ago(24 * 60), troubledSince: ago(59) })).toMatchObject({
      then: 'later',
      since: ago(59),
    })
    expect(verdict({ startedAt: ago(24 * 60), troubledSince: ago(60) })).toMatchObject({ then: 'fail' })
  })
})
