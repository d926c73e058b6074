import { routeFallback } from '../approvals/routing.ts'
import { openStage } from '../approvals/rules.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import type { Deps } from './deps.ts'
import { partiesOf } from './parties.ts'
import type { Approver, Request, Stage } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { withStage } from './stages.ts'

const TRIES = 8

/**
 * Notes whether an approver's card could be delivered. When too few of a stage can be reached to settle it, its fallback
 * is asked as well; when that does not help either, the card says so.
 */
export async function notReached(deps: Deps, told: { id: string; personId: string; reached: boolean }): Promise<void> {
  for (let i = 0; i < TRIES; i += 1) {
    const request = await deps.requests.get(told.id)
    const stage = request && openStage(request)
    const approver = stage?.approvers.find((a) => a.id === told.personId)
    if (!request || !stage || !approver || request.status !== 'pending' || isKnown(approver.reached, told.reached))
      return
    const noted = withGone({
      ...stage,
      approvers: stage.approvers.map((a) => (a.id === told.personId ? { ...a, reached: told.reached } : a)),
    })
    const next = told.reached || stage.verdict ? noted : await reroute(deps, request, noted)
    const facts = told.reached
      ? []
      : [{ kind: 'approver.not_reached' as const, actor: LATCHKEY, data: { name: approver.name, stage: stage.name } }]
    if (await save(deps, request, { set: { stages: withStage(request.stages, request.stage, next) }, facts })) return
  }
}

const isGone = (approver: Approver): boolean => approver.reached === false

/** The ones without a card are named on the others' cards, until they have one. */
function withGone(stage: Stage): Stage {
  const others = stage.passedOver.filter((p) => p.why !== 'not_reached')
  const gone = stage.approvers.filter(isGone).map((a) => ({ name: a.name, why: 'not_reached' as const }))
  return { ...stage, passedOver: [...others, ...gone] }
}

async function reroute(deps: Deps, request: Request, stage: Stage): Promise<Stage> {
  const reachable = stage.approvers.filter((a) => !isGone(a)).length
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[request.stage]
  if (reachable >= stage.needed || !policy) return stage
  const more = await routeFallback(deps, policy, partiesOf(request))
  const fresh = more.filter((m) => !stage.approvers.some((a) => a.id === m.id))
  return { ...stage, approvers: [...stage.approvers, ...fresh] }
}

/** Arriving is what is expected: it is worth noting only after a failure. */
const isKnown = (before: boolean | undefined, now: boolean): boolean => (before ?? true) === now
