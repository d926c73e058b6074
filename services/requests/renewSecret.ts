import { isEntitled, maySteer } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Person, Request } from './request.ts'
import { fresh } from './retry.ts'
import { person, save } from './save.ts'
import { transition } from './status.ts'

/**
 * Makes a new secret where the old one lapsed unseen: the approved hand-over runs once more. One that was opened is not
 * replaced here, as that would let it be taken twice.
 * @throws Refusal `not_entitled`, `secret_already_opened`, `secret_pending`
 */
export function renewSecret(deps: Deps, asked: { id: string; actor: Person }): Promise<Request> {
  return withRetry(deps, asked, async (request) => {
    const roles = await deps.roles.of(asked.actor.id)
    if (!isEntitled(request, asked.actor) && !maySteer(request, asked.actor, roles)) throw new Refusal('not_entitled')
    const { secret } = request
    if (secret?.opened)
      throw new Refusal('secret_already_opened', { name: secret.opened.by.name, at: secret.opened.at.toISOString() })
    if (!secret || secret.expiresAt > deps.clock.now()) throw new Refusal('secret_pending', { id: request._id })
    const handOver = request.plan.steps.findIndex((s) => s.kind === 'hand-over')
    return save(deps, request, {
      set: {
        status: transition(request.status, 'running'),
        steps: request.steps.map((step, i) => (i === handOver ? fresh(step) : step)),
        dueAt: deps.clock.now(),
      },
      unset: ['secret'],
      facts: [{ kind: 'secret.renewed', actor: person(asked.actor) }],
    })
  })
}
