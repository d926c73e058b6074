import { maySteer } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Person, Request, StepRecord } from './request.ts'
import { reservedBy } from './reservedBy.ts'
import { person, save } from './save.ts'
import { transition } from './status.ts'

/** Runs what failed or was skipped once more; the approved plan stays what it is. @throws Refusal `not_your_request`, `not_retryable` */
export function retry(deps: Deps, asked: { id: string; actor: Person }): Promise<Request> {
  return withRetry(deps, asked, async (request) => {
    if (!maySteer(request, asked.actor, await deps.roles.of(asked.actor.id))) throw new Refusal('not_your_request')
    if (request.status !== 'partial' && request.status !== 'failed')
      throw new Refusal('not_retryable', { status: request.status })
    await requireFree(deps, request)
    return save(deps, request, {
      set: {
        status: transition(request.status, 'running'),
        steps: request.steps.map((step) => (isUnfinished(step) ? fresh(step) : step)),
        // It is open again, so what it is about is taken again.
        reserves: reservedBy(request),
        dueAt: deps.clock.now(),
      },
      facts: [{ kind: 'request.retried', actor: person(asked.actor) }],
    })
  })
}

/** Nothing is done anew while somebody takes it back, or while a younger request is about the same. */
async function requireFree(deps: Deps, request: Request): Promise<void> {
  const [undo] = await deps.requests.find({ reserves: `undo:${request._id}` }, { limit: 1 })
  if (undo) throw new Refusal('not_retryable', { status: `being undone, by ${undo._id}` })
  const [other] = await deps.requests.find({ reserves: reservedBy(request) }, { limit: 1 })
  if (other) throw new Refusal('not_retryable', { status: `overtaken by ${other._id}` })
}

const isUnfinished = (step: StepRecord): boolean => step.outcome === 'failed' || step.outcome === 'skipped'

/** As new, but for what it is known to have asked of Graph already, and what was there before that. */
export const fresh = (step: StepRecord): StepRecord => ({
  id: step.id,
  outcome: 'pending',
  attempts: 0,
  ...(step.applied ? { applied: true } : {}),
  // What was there at first is what an undo puts back: now it may be half gone.
  ...(step.saved ? { saved: step.saved } : {}),
})
