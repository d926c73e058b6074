import { Refusal } from '../errors.ts'

export type Status =
  | 'pending'
  | 'approved'
  | 'scheduled'
  | 'running'
  | 'waiting'
  | 'done'
  | 'partial'
  | 'failed'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'undone'

const NEXT: Record<Status, readonly Status[]> = {
  pending: ['approved', 'rejected', 'withdrawn', 'expired'],
  approved: ['scheduled', 'running', 'pending', 'failed', 'withdrawn'],
  scheduled: ['running', 'pending', 'failed', 'withdrawn'],
  running: ['waiting', 'done', 'partial', 'failed'],
  waiting: ['running', 'partial', 'failed'],
  done: ['running', 'undone'],
  partial: ['running', 'undone'],
  failed: ['running'],
  rejected: [],
  withdrawn: [],
  expired: [],
  undone: [],
}

/** The one place that says which status may follow which. @throws Refusal `wrong_status` */
export function transition(from: Status, to: Status): Status {
  if (!NEXT[from].includes(to)) throw new Refusal('wrong_status', { status: from, wanted: to })
  return to
}

/** Ended: nothing more happens unless somebody asks for it. */
export const isEnded = (status: Status): boolean =>
  ['done', 'partial', 'failed', 'rejected', 'withdrawn', 'expired', 'undone'].includes(status)

/** May still be taken back by the one who asked, as nothing has been touched yet. */
export const isWithdrawable = (status: Status): boolean => ['pending', 'approved', 'scheduled'].includes(status)
