import { openStage } from '../approvals/rules.ts'
import { begin } from './begin.ts'
import type { Deps } from './deps.ts'
import { expireOrRemind } from './expireOrRemind.ts'
import { unlessHeld } from './held.ts'
import type { Request } from './request.ts'
import { runNext } from './runNext.ts'
import { settle } from './settle.ts'

/** One move of a request that is due: the worker's only verb. Cut off anywhere, the same move comes again. */
export async function advance(deps: Deps, request: Request): Promise<void> {
  switch (request.status) {
    case 'pending': {
      const stage = openStage(request)
      return stage?.verdict
        ? unlessHeld(deps, request, () => settle(deps, request, stage))
        : expireOrRemind(deps, request)
    }
    case 'approved':
    case 'scheduled':
      return unlessHeld(deps, request, () => begin(deps, request))
    case 'running':
    case 'waiting':
      return runNext(deps, request)
    case 'done':
    case 'partial':
    case 'failed':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
    case 'undone':
      await deps.requests.update({ _id: request._id, version: request.version }, { $set: { dueAt: null, lease: null } })
  }
}
