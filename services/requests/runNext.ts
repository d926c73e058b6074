import type { Deps } from './deps.ts'
import type { Request, StepRecord } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { runStep } from './runStep.ts'
import type { Status } from './status.ts'
import { transition } from './status.ts'

/** Advances the plan by one step: the first one whose turn it is. Without any left, the request ends in the truth. */
export async function runNext(deps: Deps, request: Request): Promise<void> {
  const now = deps.clock.now()
  const skipped = request.steps.findIndex((step, i) => !isOver(step) && needsFailed(request, i))
  if (skipped >= 0) return skip(deps, request, skipped)

  const open = request.steps.flatMap((step, i) => (isOver(step) ? [] : [{ step, i }]))
  if (open.length === 0) return end(deps, request)

  const next = open.find(({ step, i }) => needsMet(request, i) && !(step.retryAt && step.retryAt > now))
  if (next) return runStep(deps, await resumed(deps, request), next.i)

  const times = open.flatMap(({ step }) => (step.retryAt ? [step.retryAt.getTime()] : []))
  const dueAt = new Date(Math.min(...times))
  const status: Status = open.some(({ step }) => isWaiting(step)) ? 'waiting' : 'running'
  if (status === request.status) {
    const held = { _id: request._id, 'lease.owner': request.lease?.owner }
    await deps.requests.update(held, { $set: { dueAt, lease: null } })
    return deps.wake(dueAt)
  }
  await save(deps, request, { set: { status: transition(request.status, status), dueAt, lease: null }, guard: 'lease' })
}

/** Looking again after a wait is running, not waiting. */
async function resumed(deps: Deps, request: Request): Promise<Request> {
  if (request.status === 'running') return request
  const set = { status: transition(request.status, 'running') }
  return (
    (await deps.requests.update({ _id: request._id, 'lease.owner': request.lease?.owner }, { $set: set })) ?? request
  )
}

const WAITING = ['no_seats', 'waits_for_person', 'mailbox_not_safe', 'not_seen_yet', 'not_before']

/** For a seat, for a person, for a day: as opposed to Graph, which is only slow. */
const isWaiting = (step: StepRecord): boolean => step.reason !== undefined && WAITING.includes(step.reason.code)

const isOver = (step: StepRecord): boolean => ['done', 'already', 'failed', 'skipped', 'undone'].includes(step.outcome)

const recordsNeeded = (request: Request, i: number): StepRecord[] => {
  const needs = request.plan.steps[i]?.needs ?? []
  return request.steps.filter((step) => needs.includes(step.id))
}

const needsMet = (request: Request, i: number): boolean =>
  recordsNeeded(request, i).every((step) => step.outcome === 'done' || step.outcome === 'already')

const needsFailed = (request: Request, i: number): boolean =>
  recordsNeeded(request, i).some((step) => step.outcome === 'failed' || step.outcome === 'skipped')

async function skip(deps: Deps, request: Request, i: number): Promise<void> {
  const [record, planned] = [request.steps[i], request.plan.steps[i]]
  if (!record || !planned) return
  const reason = { code: 'needs_failed_step' as const }
  await save(deps, request, {
    set: { [`steps.${i}`]: { ...record, outcome: 'skipped', reason, finishedAt: deps.clock.now() }, lease: null },
    facts: [
      {
        kind: 'step.finished',
        actor: LATCHKEY,
        data: { step: planned.title, outcome: 'skipped', reason: reason.code },
      },
    ],
    guard: 'lease',
  })
}

/** Done means that every single step was read back. */
async function end(deps: Deps, request: Request): Promise<void> {
  const good = request.steps.filter((s) => s.outcome === 'done' || s.outcome === 'already').length
  const status = good === request.steps.length ? 'done' : good > 0 ? 'partial' : 'failed'
  const now = deps.clock.now()
  await save(deps, request, {
    set: { status: transition(request.status, status), endedAt: now, dueAt: null, lease: null },
    facts: [
      { kind: 'request.finished', actor: LATCHKEY, data: { status, verified: good, steps: request.steps.length } },
    ],
    guard: 'lease',
  })
}
