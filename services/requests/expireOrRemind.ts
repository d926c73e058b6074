import { openStage } from '../approvals/rules.ts'
import type { Deps } from './deps.ts'
import type { Request } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { withStage } from './stages.ts'
import { transition } from './status.ts'

/** Silence never acts: after the time that policy gives, the answer is no. Before it, one reminder. */
export async function expireOrRemind(deps: Deps, request: Request): Promise<void> {
  const now = deps.clock.now()
  const stage = openStage(request)
  if (!stage?.expiresAt || stage.expiresAt <= now) {
    const status = transition(request.status, 'expired')
    await save(deps, request, {
      set: { status, endedAt: now, dueAt: null, lease: null },
      facts: [{ kind: 'request.expired', actor: LATCHKEY, data: { stage: stage?.name ?? '' } }],
    })
    return
  }
  if (!stage.remindAt || stage.remindAt > now) {
    await save(deps, request, { set: { dueAt: stage.remindAt ?? stage.expiresAt, lease: null } })
    return
  }
  const { remindAt: _done, ...reminded } = stage
  await save(deps, request, {
    set: {
      stages: withStage(request.stages, request.stage, { ...reminded, remindedAt: now }),
      dueAt: stage.expiresAt,
      lease: null,
    },
  })
}
