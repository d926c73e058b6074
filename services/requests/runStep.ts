import { randomUUID } from 'node:crypto'
import { steps } from '../steps/index.ts'
import type { Observation, StepContext } from '../steps/step.ts'
import type { Deps } from './deps.ts'
import type { PlannedStep, Request, StepOutcome, StepRecord } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { LeaseLost, stepContext } from './stepContext.ts'
import { verdictOn } from './stepFailure.ts'

/** Observe, apply, observe again: a step is done when it was read back, not when Graph said yes. */
export async function runStep(deps: Deps, request: Request, i: number): Promise<void> {
  const [planned, record] = [request.plan.steps[i], request.steps[i]]
  if (!planned || !record) throw new Error(`${request._id} has no step ${i}.`)
  const running: StepRecord = {
    ...record,
    attempts: record.attempts + 1,
    startedAt: record.startedAt ?? deps.clock.now(),
    // One id for every call of the step, also after a cut: Microsoft's audit log shows them together.
    clientRequestId: record.clientRequestId ?? randomUUID(),
  }
  const run: Run = { deps, request, i, planned, record: running, context: stepContext(deps, request, running) }
  try {
    await observeAndApply(run)
  } catch (error) {
    if (error instanceof LeaseLost) return
    const verdict = verdictOn(error, { planned, record: run.record, now: deps.clock.now() })
    if (verdict.then === 'later') await putOff(run, verdict)
    else await finish(run, 'failed', verdict.reason)
  }
}

interface Run {
  deps: Deps
  request: Request
  i: number
  planned: PlannedStep
  record: StepRecord
  context: StepContext
}

async function observeAndApply(run: Run): Promise<void> {
  const step = steps[run.planned.kind]
  const before = await step.observe(run.planned.args, run.context)
  if (before.state !== 'not') return conclude(run, before)
  // What was there the first time is what an undo puts back: a second attempt may find it half gone.
  const saved = run.record.saved ?? before.before
  run.record = { ...run.record, outcome: 'applying', applied: true, ...(saved ? { saved } : {}) }
  await record(run)
  await step.apply(run.planned.args, run.context)
  await conclude(run, await step.observe(run.planned.args, run.context))
}

async function conclude(run: Run, observation: Observation): Promise<void> {
  switch (observation.state) {
    case 'so':
      return finish(run, run.record.applied ? 'done' : 'already')
    case 'blocked':
      return finish(run, 'failed', observation.reason)
    case 'later':
      return putOff(run, { at: observation.at, reason: { code: 'not_before' } })
    case 'person': {
      const at = new Date(run.deps.clock.now().getTime() + LOOK_AGAIN_MS)
      // Asked of a person, not of Graph; but what is found so later was done for this request, so an undo takes it back.
      run.record = { ...run.record, applied: true }
      return putOff(run, { at, reason: observation.reason ?? { code: 'waits_for_person' } })
    }
    case 'not':
    case 'unseen': {
      const unverified = { code: run.record.applied ? ('not_verified' as const) : ('not_visible_yet' as const) }
      const verdict = verdictOn(unverified, { planned: run.planned, record: run.record, now: run.deps.clock.now() })
      return verdict.then === 'later' ? putOff(run, verdict) : finish(run, 'failed', verdict.reason)
    }
  }
}

/** What a person does outside is looked for now and then, so that a tick is only the quicker way. */
const LOOK_AGAIN_MS = 5 * 60_000

/** Makes the step's record durable; with `dueAt`, that was the move. @throws LeaseLost */
async function record(run: Run, dueAt?: Date): Promise<void> {
  const set = { [`steps.${run.i}`]: run.record, ...(dueAt ? { dueAt, lease: null } : {}) }
  const saved = await save(run.deps, run.request, { set, guard: 'lease' })
  if (!saved) throw new LeaseLost()
  run.request = saved
}

async function putOff(run: Run, verdict: { at: Date; reason: StepRecord['reason']; since?: Date }): Promise<void> {
  const { troubledSince: _past, ...rest } = run.record
  const trouble = verdict.since ? { troubledSince: verdict.since } : {}
  run.record = { ...rest, ...trouble, retryAt: verdict.at, reason: verdict.reason }
  // Due at once: other steps may go on meanwhile.
  await record(run, run.deps.clock.now())
}

async function finish(run: Run, outcome: StepOutcome, reason?: StepRecord['reason']): Promise<void> {
  const { retryAt: _over, reason: _old, troubledSince: _past, ...rest } = run.record
  const finished = { ...rest, outcome, finishedAt: run.deps.clock.now(), ...(reason ? { reason } : {}) }
  const saved = await save(run.deps, run.request, {
    set: { [`steps.${run.i}`]: finished, dueAt: run.deps.clock.now(), lease: null },
    facts: [
      {
        kind: 'step.finished',
        actor: LATCHKEY,
        data: {
          step: run.planned.title,
          after: run.planned.after,
          outcome,
          clientRequestId: rest.clientRequestId ?? '',
          ...(reason ? { reason: reason.code, ...(reason.graphCode ? { graphCode: reason.graphCode } : {}) } : {}),
        },
      },
    ],
    guard: 'lease',
  })
  if (!saved) throw new LeaseLost()
}
