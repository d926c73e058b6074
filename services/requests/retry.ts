import { maySteer } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Person, Request, StepRecord } from './request.ts'
import { person, save } from './save.ts'
import { transition } from './status.ts'

/** Runs what failed or was skipped once more; the approved plan stays what it is. @throws Refusal `not_your_request`, `not_retryable` */
export function retry(deps: Deps, asked: { id: string; actor: Person }): Promise<Request> {
  return withRetry(deps, asked, async (request) => {
    if (!maySteer(request, asked.actor, await deps.roles.of(asked.actor.id))) throw new Refusal('not_your_request')
    if (request.status !== 'partial' && request.status !== 'failed')
      throw new Refusal('not_retryable', { status: request.status })
    return save(deps, request, {
      set: {
        status: transition(request.status, 'running'),
        steps: request.steps.map((step) => (isUnfinished(step) ? fresh(step) : step)),
        dueAt: deps.clock.now(),
      },
      facts: [{ kind: 'request.retried', actor: person(asked.actor) }],
    })
  })
}

const isUnfinished = (step: StepRecord): boolean => step.outcome === 'failed' || step.outcome === 'skipped'

/** As new, but for what it is known to have asked of Graph already. */
export const fresh = (step: StepRecord): StepRecord => ({
  id: step.id,
  outcome: 'pending',
  attempts: 0,
  ...(step.applied ? { applied: true } : {}),
})
