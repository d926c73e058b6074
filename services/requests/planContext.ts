import type { PlanContext } from '../operations/operation.ts'
import type { Deps } from './deps.ts'
import { waitingFor } from './reroute.ts'
import type { Person } from './request.ts'

/** What an operation may look at. `except`: the request that is planned again does not reserve a name against itself. */
export function planContext(deps: Deps, asked: { actor: Person; timeZone: string; except?: string }): PlanContext {
  return {
    graph: deps.graph,
    policy: deps.policy,
    requester: asked.actor,
    now: deps.clock.now(),
    timeZone: asked.timeZone,
    request: (id) => deps.requests.get(id),
    async lastDone(operation, personId) {
      const [last] = await deps.requests.find(
        { operation, 'subject.id': personId, status: { $in: ['done', 'partial'] } },
        { sort: { createdAt: -1 }, limit: 1 },
      )
      return last
    },
    async openUndoOf(id) {
      const [open] = await deps.requests.find({ reserves: `undo:${id}` }, { limit: 1 })
      return open?._id === asked.except ? undefined : open
    },
    async openAbout(operation, personId) {
      const [open] = await deps.requests.find({ reserves: `${operation}:${personId}` }, { limit: 1 })
      return open?._id === asked.except ? undefined : open
    },
    async soleRoles(personId) {
      const roles = ['helpdesk', 'approver', 'admin'] as const
      const holders = await Promise.all(roles.map((role) => deps.roles.members(role)))
      return roles.filter((_, i) => {
        const enabled = holders[i]?.filter((p) => p.enabled) ?? []
        return enabled.length === 1 && enabled[0]?.id === personId
      })
    },
    waitingFor: (personId) => waitingFor(deps, personId),
    async isReserved(userPrincipalName) {
      const [open] = await deps.requests.find({ reserves: userPrincipalName.toLowerCase() }, { limit: 1 })
      return open !== undefined && open._id !== asked.except
    },
  }
}
