import { isApprover } from '../approvals/rules.ts'
import type { Deps } from './deps.ts'
import type { Person, Request } from './request.ts'

/** What I asked for, newest first. */
export const mine = (deps: Deps, actor: Person, limit = 50): Promise<Request[]> =>
  deps.requests.find({ 'requester.id': actor.id }, { sort: { createdAt: -1 }, limit })

/** What waits for my decision, oldest first: that one waits longest. */
export async function awaiting(deps: Deps, actor: Person, limit = 50): Promise<Request[]> {
  const pending = await deps.requests.find(
    { status: 'pending', 'stages.approvers.id': actor.id },
    { sort: { createdAt: 1 }, limit },
  )
  return pending.filter((r) => isApprover(r, actor) && !r.stages[r.stage]?.decisions.some((d) => d.by.id === actor.id))
}
