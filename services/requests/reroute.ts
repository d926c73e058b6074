import type { Deps } from './deps.ts'
import type { Request } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { withoutApprovers } from './withoutApprovers.ts'
import { withStage } from './stages.ts'

const MOST = 500

const waiting = async (deps: Deps, personId: string): Promise<Request[]> => {
  const pending = await deps.requests.find({ status: 'pending', 'stages.approvers.id': personId }, { limit: MOST })
  return pending.filter((r) => r.stages.slice(r.stage).some((s) => s.approvers.some((a) => a.id === personId)))
}

/** How many requests wait, now or in a later stage, for this person's approval. */
export const waitingFor = async (deps: Deps, personId: string): Promise<number> =>
  (await waiting(deps, personId)).length

/** Takes somebody out of every open approval and asks the fallback instead. Whoever is left out is named on the card. */
export async function reroute(deps: Deps, personId: string): Promise<void> {
  const isGone = ({ id }: { id: string }): boolean => id === personId
  for (const request of await waiting(deps, personId)) {
    const stages = await Promise.all(
      request.stages.map(async (stage, index) =>
        index < request.stage ? stage : withoutApprovers(deps, request, { stage, index, isGone, why: 'disabled' }),
      ),
    )
    const open = stages[request.stage]
    const next = open ? withStage(stages, request.stage, open) : stages
    await save(deps, request, { set: { stages: next }, facts: [{ kind: 'request.reassigned', actor: LATCHKEY }] })
  }
}
