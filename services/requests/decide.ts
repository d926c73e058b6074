import { decidedBy, isApprover, isRequester, isSubject, openStage } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import type { Decision, Person, Request, Stage } from './request.ts'
import type { Save } from './save.ts'
import { person, save } from './save.ts'
import { verdictOf, withStage } from './stages.ts'

export interface Decide {
  id: string
  actor: Person
  verdict: Decision['verdict']
  comment?: string
  /** The digest of the plan that was on the card: what is approved is what was seen. */
  digest: string
}

/**
 * Records one person's verdict on the open stage. A compare-and-set: of two clicks, two approvers or a redelivery, one
 * decides. It takes effect when the worker has settled the stage, moments later: a click never waits for Graph.
 * @throws Refusal `own_request`, `own_account`, `already_decided`, `not_an_approver`, `plan_changed`, `nothing_to_do`, `wrong_status`
 */
export function decide(deps: Deps, decision: Decide): Promise<Request> {
  return withRetry(deps, decision, async (request) => {
    const stage = requireMayDecide(request, decision.actor, deps.clock.now())
    if (decision.digest !== request.plan.digest) throw new Refusal('plan_changed', { id: request._id })
    if (decision.verdict === 'approved' && request.plan.steps.length === 0) throw new Refusal('nothing_to_do')
    return save(deps, request, recorded({ request, stage, decision, now: deps.clock.now() }))
  })
}

function requireMayDecide(request: Request, actor: Person, now: Date): Stage {
  if (isRequester(request, actor)) throw new Refusal('own_request')
  if (isSubject(request, actor)) throw new Refusal('own_account')
  const stage = openStage(request)
  const last = request.stages.flatMap((s) => s.decisions).at(-1)
  if (request.status !== 'pending' || stage?.verdict !== undefined) {
    throw last ? alreadyDecided(last) : new Refusal('wrong_status', { status: request.status })
  }
  if (!stage || !isApprover(request, actor)) throw new Refusal('not_an_approver')
  const own = decidedBy(request, actor)
  if (own) throw alreadyDecided(own)
  // Too late, also where the worker has not come to say so.
  if (stage.expiresAt && stage.expiresAt <= now) throw new Refusal('wrong_status', { status: 'expired' })
  return stage
}

const alreadyDecided = ({ by, verdict, at }: Decision): Refusal =>
  new Refusal('already_decided', { name: by.name, verdict, at: at.toISOString() })

function recorded(given: { request: Request; stage: Stage; decision: Decide; now: Date }): Save {
  const { request, decision, now } = given
  const comment = decision.comment?.trim()
  const record: Decision = {
    by: decision.actor,
    verdict: decision.verdict,
    at: now,
    digest: decision.digest,
    ...(comment ? { comment } : {}),
  }
  const stage = { ...given.stage, decisions: [...given.stage.decisions, record] }
  const verdict = verdictOf(stage)
  return {
    set: {
      stages: withStage(request.stages, request.stage, verdict ? { ...stage, verdict } : stage),
      ...(verdict ? { dueAt: now } : {}),
    },
    facts: [
      {
        kind: decision.verdict === 'approved' ? 'request.approved' : 'request.rejected',
        actor: person(decision.actor),
        data: { stage: stage.name, digest: decision.digest, ...(comment ? { comment } : {}) },
      },
    ],
  }
}
