import { GraphRefused } from '../graph/index.ts'
import { StepBlocked } from '../steps/step.ts'
import { graphTrouble } from './graphTrouble.ts'
import type { PlannedStep, StepReason, StepRecord } from './request.ts'

/** `since`: when this trouble with Graph began. */
export type Verdict =
  | { then: 'later'; at: Date; reason: StepReason; since?: Date }
  | { then: 'fail'; reason: StepReason }

interface Situation {
  planned: PlannedStep
  record: StepRecord
  now: Date
}

/** A new object may take minutes to appear everywhere; an outage may take longer. */
const PATIENCE_MS = { not_visible_yet: 10 * 60_000, not_verified: 10 * 60_000, graph_unreachable: 60 * 60_000 }
const SEAT_PAUSE_MS = 5 * 60_000
const LONGEST_PAUSE_MS = 30_000

/** Wait or give up: decided by what kind of "no" it was, never by its words. Anything unknown is thrown on. */
export function verdictOn(trouble: unknown, situation: Situation): Verdict {
  const reason = reasonOf(trouble, situation)
  switch (reason.code) {
    case 'no_seats':
      return { then: 'later', at: new Date(situation.now.getTime() + SEAT_PAUSE_MS), reason }
    case 'not_visible_yet':
    case 'not_verified':
    case 'graph_unreachable':
      return patiently(reason, PATIENCE_MS[reason.code], situation)
    case 'graph_refused':
    case 'user_name_taken':
    case 'needs_failed_step':
    case 'pass_policy_off':
    case 'mail_not_configured':
    case 'gone':
    case 'waits_for_person':
    case 'mailbox_not_safe':
    case 'not_seen_yet':
    case 'not_before':
    case 'taken_back':
      return { then: 'fail', reason }
  }
}

function reasonOf(trouble: unknown, { planned, record }: Situation): StepReason {
  if (trouble instanceof StepBlocked) return trouble.reason
  const reason = graphTrouble(trouble)
  if (reason && trouble instanceof GraphRefused && isStillReplicating(trouble, { planned, record })) {
    return { ...reason, code: 'not_visible_yet' }
  }
  if (reason) return reason
  if (isReason(trouble)) return trouble
  throw trouble
}

/**
 * The account was created moments ago by this very plan, and a part of Graph does not know it yet.
 * @see learn: graph/api/group-post-members, "wait and retry" for objects just created
 */
const isStillReplicating = (refused: GraphRefused, { planned }: Pick<Situation, 'planned' | 'record'>): boolean =>
  refused.status === 404 && (planned.needs ?? []).includes('create')

const isReason = (trouble: unknown): trouble is StepReason =>
  typeof trouble === 'object' && trouble !== null && 'code' in trouble && !(trouble instanceof Error)

function patiently(reason: StepReason, patience: number, { record, now }: Situation): Verdict {
  // Not from when the step began: it may have waited for a day, a seat or a person before Graph failed it.
  const since = record.troubledSince ?? now
  if (now.getTime() - since.getTime() >= patience) return { then: 'fail', reason }
  const pause = Math.min(500 * 2 ** Math.min(record.attempts - 1, 10), LONGEST_PAUSE_MS)
  return { then: 'later', at: new Date(now.getTime() + pause), reason, since }
}
