import { routeFallback } from '../approvals/routing.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import type { Deps } from './deps.ts'
import { partiesOf } from './parties.ts'
import type { Request, Stage } from './request.ts'
import { LATCHKEY, save } from './save.ts'
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
  for (const request of await waiting(deps, personId)) {
    const stages = await Promise.all(
      request.stages.map(async (stage, i) =>
        i < request.stage ? stage : without(deps, request, { stage, i, personId }),
      ),
    )
    const open = stages[request.stage]
    const next = open ? withStage(stages, request.stage, open) : stages
    await save(deps, request, { set: { stages: next }, facts: [{ kind: 'request.reassigned', actor: LATCHKEY }] })
  }
}

async function without(
  deps: Deps,
  request: Request,
  { stage, i, personId }: { stage: Stage; i: number; personId: string },
): Promise<Stage> {
  const gone = stage.approvers.find((a) => a.id === personId)
  if (!gone) return stage
  const approvers = stage.approvers.filter((a) => a.id !== personId)
  const passedOver = [...stage.passedOver, { name: gone.name, why: 'disabled' as const }]
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[i]
  if (approvers.length >= stage.needed || !policy) return { ...stage, approvers, passedOver }
  const more = await routeFallback(deps, policy, partiesOf(request))
  const fresh = more.filter((m) => m.id !== personId && !approvers.some((a) => a.id === m.id))
  return { ...stage, passedOver, approvers: [...approvers, ...fresh] }
}
