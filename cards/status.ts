import type { Request, Stage, StepOutcome } from '../services/requests/request.ts'
import type { Status } from '../services/requests/status.ts'
import type { Viewer } from './card.ts'
import { whenNear, when } from './dates.ts'
import { counted, listed, literal } from './text.ts'
import { reasonText } from './words.ts'

export type Tone = 'warning' | 'accent' | 'good' | 'attention' | 'neutral'

const BADGES: Record<Status, { word: string; tone: Tone }> = {
  pending: { word: 'Waiting for approval', tone: 'warning' },
  approved: { word: 'Approved', tone: 'accent' },
  scheduled: { word: 'Scheduled', tone: 'accent' },
  running: { word: 'Running', tone: 'accent' },
  waiting: { word: 'Waiting', tone: 'accent' },
  done: { word: 'Done', tone: 'good' },
  partial: { word: 'Partly done', tone: 'warning' },
  failed: { word: 'Failed', tone: 'attention' },
  rejected: { word: 'Rejected', tone: 'attention' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral' },
  expired: { word: 'Expired', tone: 'neutral' },
  undone: { word: 'Undone', tone: 'neutral' },
}

/** One or two words and a colour for the status, from where the reader stands. */
export function badge(request: Request, viewer: Viewer): { word: string; tone: Tone } {
  return mayDecide(request, viewer) ? { word: 'Waiting for you', tone: 'warning' } : BADGES[request.status]
}

/** The stage that is open, if the request waits for approval. */
export const openStage = (request: Request): Stage | undefined =>
  request.status === 'pending' ? request.stages[request.stage] : undefined

/** True if this reader's card should have the two buttons. The server decides again when one is pressed. */
export function mayDecide(request: Request, viewer: Viewer): boolean {
  const { id } = viewer.person
  const stage = openStage(request)
  if (stage === undefined || viewer.role !== 'approver') return false
  if (request.requester.id === id || request.subject.id === id) return false
  return stage.approvers.some((a) => a.id === id) && !stage.decisions.some((d) => d.by.id === id)
}

/** The status as a sentence: "Waiting for Megan Bowen", "Done: every step verified". Plain text, not markdown. */
export function statusText(request: Request, viewer: Viewer): string {
  return SENTENCES[request.status](request, viewer)
}

const SENTENCES: Record<Status, (request: Request, viewer: Viewer) => string> = {
  pending: (request) => waitingFor(request),
  approved: () => 'Approved; starts in a moment',
  scheduled: (request, viewer) =>
    request.startAt === undefined ? 'Scheduled' : `Scheduled for ${when(request.startAt, viewer)}`,
  running: (request) =>
    `Running: step ${Math.min(finished(request) + 1, request.steps.length)} of ${request.steps.length}`,
  waiting: (request) =>
    `Waiting for Microsoft 365 at step ${Math.min(finished(request) + 1, request.steps.length)} of ${request.steps.length}; goes on by itself`,
  done: () => 'Done: every step verified',
  partial: (request) => `Partly done: ${howMany(request, ['failed', 'skipped'])}`,
  failed: (request) =>
    request.outcome === undefined
      ? `Failed: ${howMany(request, ['failed', 'skipped'])}`
      : `Failed: ${reasonText(request.outcome)}`,
  rejected: (request) => `Rejected${by(request)}`,
  withdrawn: (request) => `Withdrawn by ${literal(request.requester.name, 80)}`,
  expired: () => 'Expired: nobody answered in time, which means no',
  undone: () => 'Undone: everything is as it was before',
}

function waitingFor(request: Request): string {
  const stage = openStage(request)
  const decided = new Set(stage?.decisions.map((d) => d.by.id))
  const open = stage?.approvers.filter((a) => !decided.has(a.id)) ?? []
  if (stage === undefined || open.length === 0) return 'Waiting for approval'
  const names = open.slice(0, 3).map((a) => literal(a.name, 80))
  const all = open.length > 3 ? [...names, counted(open.length - 3, 'other')] : names
  const left = stage.needed - stage.decisions.length
  return left > 1 ? `Waiting for ${left} of ${listed(all)}` : `Waiting for ${listed(all, 'or')}`
}

const by = (request: Request): string => {
  const no = request.stages.flatMap((s) => s.decisions).find((d) => d.verdict === 'rejected')
  return no === undefined ? '' : ` by ${literal(no.by.name, 80)}`
}

const withOutcome = (request: Request, outcomes: readonly StepOutcome[]): number =>
  request.steps.filter((s) => outcomes.includes(s.outcome)).length

/** Steps that were read back and found as planned. */
export const verified = (request: Request): number => withOutcome(request, ['done', 'already'])

const finished = (request: Request): number => withOutcome(request, ['done', 'already', 'failed', 'skipped', 'undone'])

const howMany = (request: Request, _outcomes: readonly StepOutcome[]): string =>
  `${withOutcome(request, ['failed'])} of ${counted(request.steps.length, 'step')} failed`

/** When it last moved, for lists. */
export const lastMoved = (request: Request, viewer: Viewer): string => whenNear(request.updatedAt, viewer)
