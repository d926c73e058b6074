import { routeFallback } from '../approvals/routing.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import type { Deps } from './deps.ts'
import { partiesOf } from './parties.ts'
import type { PassedOver, Request, Stage } from './request.ts'

export interface Leaving {
  stage: Stage
  /** Which stage of the request it is. */
  index: number
  isGone(person: { id: string }): boolean
  why: PassedOver['why']
}

/** The stage without these people. They are named on the card; where too few are left to settle it, the fallback is asked. */
export async function withoutApprovers(deps: Deps, request: Request, leaving: Leaving): Promise<Stage> {
  const { stage, index, isGone, why } = leaving
  const gone = stage.approvers.filter(isGone)
  if (gone.length === 0) return stage
  const approvers = stage.approvers.filter((a) => !isGone(a))
  const passedOver = [...stage.passedOver, ...gone.map(({ name }) => ({ name, why }))]
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[index]
  if (approvers.length >= stage.needed || !policy) return { ...stage, approvers, passedOver }
  const more = await routeFallback(deps, policy, partiesOf(request))
  const fresh = more.filter((m) => !isGone(m) && !approvers.some((a) => a.id === m.id))
  return { ...stage, approvers: [...approvers, ...fresh], passedOver }
}
