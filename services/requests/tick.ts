import { mayAsk } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Person, Request, StepRecord } from './request.ts'
import { person, save } from './save.ts'

/**
 * Somebody of the helpdesk says that the manual part of a step is done. It is believed when Graph agrees; what depends on
 * the step waits until then. @throws Refusal `not_helpdesk`, `not_manual`
 */
export function tick(deps: Deps, asked: { id: string; step: string; actor: Person }): Promise<Request> {
  return withRetry(deps, asked, async (request) => {
    if (!mayAsk(await deps.roles.of(asked.actor.id))) throw new Refusal('not_helpdesk')
    const i = request.plan.steps.findIndex((s) => s.id === asked.step)
    const [planned, record] = [request.plan.steps[i], request.steps[i]]
    if (!planned?.instructions || !record || !isWaiting(request, record)) throw new Refusal('not_manual')
    const now = deps.clock.now()
    const { retryAt: _now, reason: _old, ...rest } = record
    const ticked: StepRecord = { ...rest, ticked: { by: asked.actor, at: now } }
    return save(deps, request, {
      set: { steps: request.steps.map((s, n) => (n === i ? ticked : s)), dueAt: now },
      facts: [{ kind: 'step.ticked', actor: person(asked.actor), data: { step: planned.title } }],
    })
  })
}

const isWaiting = (request: Request, record: StepRecord): boolean =>
  (request.status === 'waiting' || request.status === 'running') && record.outcome === 'pending'
