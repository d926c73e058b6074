import { routeFallback } from '../approvals/routing.ts'
import { openStage } from '../approvals/rules.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import { operations } from '../operations/index.ts'
import type { Deps } from './deps.ts'
import type { Request, Stage } from './request.ts'
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
    const noted = {
      ...stage,
      approvers: stage.approvers.map((a) => (a.id === told.personId ? { ...a, reached: told.reached } : a)),
    }
    const next = told.reached ? noted : await reroute(deps, request, noted)
    const facts = told.reached
      ? []
      : [{ kind: 'approver.not_reached' as const, actor: LATCHKEY, data: { name: approver.name, stage: stage.name } }]
    if (await save(deps, request, { set: { stages: withStage(request.stages, request.stage, next) }, facts })) return
  }
}

async function reroute(deps: Deps, request: Request, stage: Stage): Promise<Stage> {
  const gone = stage.approvers.filter((a) => a.reached === false)
  const passedOver = [
    ...stage.passedOver.filter((p) => p.why !== 'not_reached'),
    ...gone.map((a) => ({ name: a.name, why: 'not_reached' as const })),
  ]
  const reachable = stage.approvers.length - gone.length
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[request.stage]
  if (reachable >= stage.needed || !policy) return { ...stage, passedOver }
  const managerId = operations[request.operation].managerOf(request.input)
  const parties = { requester: request.requester, subject: request.subject, managerId }
  const more = await routeFallback(deps, policy, parties)
  const fresh = more.filter((m) => !stage.approvers.some((a) => a.id === m.id))
  return { ...stage, passedOver, approvers: [...stage.approvers, ...fresh] }
}

/** Arriving is what is expected: it is worth noting only after a failure. */
const isKnown = (before: boolean | undefined, now: boolean): boolean => (before ?? true) === now
