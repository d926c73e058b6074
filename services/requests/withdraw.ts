import { maySteer } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Person, Request } from './request.ts'
import { person, save } from './save.ts'
import { isWithdrawable, transition } from './status.ts'

/** Takes a request back before anything was touched. @throws Refusal `not_your_request`, `wrong_status` */
export function withdraw(deps: Deps, asked: { id: string; actor: Person }): Promise<Request> {
  return withRetry(deps, asked, async (request) => {
    if (!maySteer(request, asked.actor, await deps.roles.of(asked.actor.id))) throw new Refusal('not_your_request')
    if (!isWithdrawable(request.status))
      throw new Refusal('wrong_status', { status: request.status, wanted: 'withdrawn' })
    const status = transition(request.status, 'withdrawn')
    return save(deps, request, {
      set: { status, endedAt: deps.clock.now(), dueAt: null },
      facts: [{ kind: 'request.withdrawn', actor: person(asked.actor) }],
    })
  })
}
