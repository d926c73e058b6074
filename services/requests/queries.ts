import { decidedBy, isApprover, openStage } from '../approvals/rules.ts'
import type { Deps } from './deps.ts'
import type { Person, Request } from './request.ts'

/** What I asked for, newest first: the first `limit` of `total`. */
export async function mine(deps: Deps, actor: Person, limit = 10): Promise<{ requests: Request[]; total: number }> {
  const query = { 'requester.id': actor.id }
  const requests = await deps.requests.find(query, { sort: { createdAt: -1 }, limit })
  return { requests, total: requests.length < limit ? requests.length : await deps.requests.count(query) }
}

/** What waits for my decision, oldest first: that one waits longest. */
export async function awaiting(deps: Deps, actor: Person, limit = 500): Promise<Request[]> {
  const pending = await deps.requests.find(
    { status: 'pending', 'stages.approvers.id': actor.id },
    { sort: { createdAt: 1 }, limit },
  )
  return pending.filter((r) => isApprover(r, actor) && !openStage(r)?.verdict && !decidedBy(r, actor))
}
