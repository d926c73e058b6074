import type { PlanContext } from '../operations/operation.ts'
import type { Deps } from './deps.ts'
import type { Person } from './request.ts'

/** What an operation may look at. `except`: the request that is planned again does not reserve a name against itself. */
export function planContext(deps: Deps, asked: { actor: Person; timeZone: string; except?: string }): PlanContext {
  return {
    graph: deps.graph,
    policy: deps.policy,
    requester: asked.actor,
    now: deps.clock.now(),
    timeZone: asked.timeZone,
    async isReserved(userPrincipalName) {
      const [open] = await deps.requests.find({ reserves: userPrincipalName.toLowerCase() }, { limit: 1 })
      return open !== undefined && open._id !== asked.except
    },
  }
}
