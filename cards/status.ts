import type { Request, Stage, StepOutcome } from '../services/requests/request.ts'
import type { Status } from '../services/requests/status.ts'
import type { Viewer } from './card.ts'
import { whenNear, when } from './dates.ts'
import { counted, listed, literal } from './text.ts'
import { waitingText } from './waiting.ts'
import { reasonText } from './words.ts'

/** A container style of Adaptive Cards. */
export type Tone = 'warning' | 'accent' | 'good' | 'attention' | 'emphasis'

/** The colour of the band that carries the status. */
export const toneOf = (request: Request): Tone =>
  request.held === undefined ? TONES[verdictOf(request) ?? request.status] : 'warning'

const TONES: Record<Status, Tone> = {
  pending: 'warning',
  approved: 'accent',
  scheduled: 'accent',
  running: 'accent',
  waiting: 'accent',
  done: 'good',
  partial: 'warning',
  failed: 'attention',
  rejected: 'attention',
  withdrawn: 'emphasis',
  expired: 'emphasis',
  undone: 'emphasis',
}

/** The verdict on the open stage, from the click until it takes effect moments later. */
const verdictOf = (request: Request): Stage['verdict'] =>
  request.status === 'pending' ? request.stages[request.stage]?.verdict : undefined

/** The stage that is open, if the request waits for approval. */
export const openStage = (request: Request): Stage | undefined =>
  request.status === 'pending' && verdictOf(request) === undefined ? request.stages[request.stage] : undefined

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
  pending,
  approved: (request) => orHeld(request, 'Approved', '; starts in a moment'),
  scheduled: (request, viewer) =>
    orHeld(request, request.startAt === undefined ? 'Scheduled' : `Scheduled for ${when(request.startAt, viewer)}`),
  running: (request) => `Running: step ${current(request)}`,
  waiting: (request, viewer) =>
    waitingText(request, viewer) ?? `Microsoft 365 is slow at step ${current(request)}; goes on by itself`,
  done: () => 'Done: every step verified',
  partial: (request) => `Partly done: ${failures(request)}`,
  failed: (request) => `Failed: ${request.outcome === undefined ? failures(request) : reasonText(request.outcome)}`,
  rejected: (request) => `Rejected${by(request)}`,
  withdrawn: (request) => `Withdrawn by ${literal(request.requester.name, 80)}`,
  expired: () => 'Expired: nobody answered in time, which means no',
  undone: () => 'Undone: taken back, step by step',
}

function pending(request: Request, viewer: Viewer): string {
  switch (verdictOf(request)) {
    case 'approved':
      if (request.stage + 1 < request.stages.length) {
        return orHeld(request, 'Approved', '; the next are asked in a moment')
      }
      return SENTENCES[isLater(request, viewer) ? 'scheduled' : 'approved'](request, viewer)
    case 'rejected':
      return orHeld(request, `Rejected${by(request)}`)
    case undefined:
      return mayDecide(request, viewer) ? 'Waiting for you' : waitingFor(request)
  }
}

/** What comes next is not said while Graph does not tell what has to be known before. */
const orHeld = ({ held }: Request, status: string, next = ''): string =>
  held === undefined ? `${status}${next}` : `${status}, but ${reasonText(held)}; goes on once that changes`

const isLater = ({ startAt }: Request, { now }: Viewer): boolean => startAt !== undefined && startAt > now

function waitingFor(request: Request): string {
  const stage = openStage(request)
  const decided = new Set(stage?.decisions.map((d) => d.by.id))
  const open = stage?.approvers.filter((a) => !decided.has(a.id) && a.reached !== false) ?? []
  if (stage === undefined || open.length === 0) return 'Waiting for approval; nobody could be reached yet'
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

/** How many steps were read back and found as planned. */
export const verified = (request: Request): number => withOutcome(request, ['done', 'already'])

/** True once a step was looked at: from then on the plan shows outcomes. */
export const hasRun = (request: Pick<Request, 'steps'>): boolean => request.steps.some((s) => s.outcome !== 'pending')

const REFUSED: readonly Status[] = ['rejected', 'withdrawn', 'expired']

/** True where nothing was done and nothing will be. */
export const cameToNothing = (request: Request): boolean =>
  REFUSED.includes(request.status) || (request.status === 'failed' && !hasRun(request))

function current(request: Request): string {
  const finished = withOutcome(request, ['done', 'already', 'failed', 'skipped', 'undone'])
  return `${Math.min(finished + 1, request.steps.length)} of ${request.steps.length}`
}

const failures = (request: Request): string =>
  `${withOutcome(request, ['failed'])} of ${counted(request.steps.length, 'step')} failed`

/** When it last moved, for lists. */
export const lastMoved = (request: Request, viewer: Viewer): string => whenNear(request.updatedAt, viewer)
