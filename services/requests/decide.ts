import { isStillAsked, routeStage } from '../approvals/routing.ts'
import { decidedBy, isApprover, isRequester, isSubject, openStage } from '../approvals/rules.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { withRetry } from './load.ts'
import { partiesOf } from './parties.ts'
import type { Decision, Person, Request, Stage } from './request.ts'
import type { NewFact, Save } from './save.ts'
import { LATCHKEY, person, save } from './save.ts'
import { dueWhilePending, isSettled, openStageAt, withStage } from './stages.ts'
import { transition } from './status.ts'

export interface Decide {
  id: string
  actor: Person
  verdict: Decision['verdict']
  comment?: string
  /** The digest of the plan that was on the card: what is approved is what was seen. */
  digest: string
}

/**
 * One person's verdict on the open stage. A compare-and-set: of two clicks, two approvers or a redelivery, one decides.
 * @throws Refusal `own_request`, `own_account`, `already_decided`, `not_an_approver`, `plan_changed`, `nothing_to_do`
 */
export function decide(deps: Deps, decision: Decide): Promise<Request> {
  return withRetry(deps, decision, async (request) => {
    const stage = requireMayDecide(request, decision.actor)
    await requireStillAsked(deps, request, decision.actor)
    if (decision.digest !== request.plan.digest) throw new Refusal('plan_changed', { id: request._id })
    if (decision.verdict === 'approved' && request.plan.steps.length === 0) throw new Refusal('nothing_to_do')
    return save(deps, request, await outcome(deps, { request, stage, decision }))
  })
}

function requireMayDecide(request: Request, actor: Person): Stage {
  if (isRequester(request, actor)) throw new Refusal('own_request')
  if (isSubject(request, actor)) throw new Refusal('own_account')
  const last = request.stages.flatMap((s) => s.decisions).at(-1)
  if (request.status !== 'pending') {
    if (!last) throw new Refusal('wrong_status', { status: request.status })
    throw new Refusal('already_decided', { name: last.by.name, verdict: last.verdict, at: last.at.toISOString() })
  }
  const stage = openStage(request)
  if (!stage || !isApprover(request, actor)) throw new Refusal('not_an_approver')
  const own = decidedBy(request, actor)
  if (own) throw new Refusal('already_decided', { name: own.by.name, verdict: own.verdict, at: own.at.toISOString() })
  return stage
}

/** The card may be days old: whoever has left the group or the company meanwhile does not decide any more. */
async function requireStillAsked(deps: Deps, request: Request, actor: Person): Promise<void> {
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[request.stage]
  const approver = openStage(request)?.approvers.find((a) => a.id === actor.id)
  if (!policy || !approver) return
  if (!(await isStillAsked(deps, policy, approver))) throw new Refusal('not_an_approver')
}

async function outcome(deps: Deps, given: { request: Request; stage: Stage; decision: Decide }): Promise<Save> {
  const { request, decision } = given
  const now = deps.clock.now()
  const comment = decision.comment?.trim()
  const record: Decision = {
    by: decision.actor,
    verdict: decision.verdict,
    at: now,
    digest: decision.digest,
    ...(comment ? { comment } : {}),
  }
  const stage = { ...given.stage, decisions: [...given.stage.decisions, record] }
  const stages = withStage(request.stages, request.stage, stage)
  const facts: NewFact[] = [
    {
      kind: decision.verdict === 'approved' ? 'request.approved' : 'request.rejected',
      actor: person(decision.actor),
      data: { stage: stage.name, digest: decision.digest, ...(comment ? { comment } : {}) },
    },
  ]
  if (decision.verdict === 'rejected') {
    const status = transition(request.status, 'rejected')
    return { set: { stages, status, endedAt: now, dueAt: null }, facts }
  }
  if (!isSettled(stage)) return { set: { stages }, facts }
  const isLast = request.stage + 1 === stages.length
  const { set, facts: more = [] } = isLast ? released(request, stages, now) : await openNext(deps, request, stages)
  return { set, facts: [...facts, ...more] }
}

async function openNext(deps: Deps, request: Request, stages: Stage[]): Promise<Save> {
  const next = request.stage + 1
  const policies = stagesFor(deps.policy, request.operation, request.plan.care)
  const policy = policies[next]
  // The people who are there now, not those who were when it was asked.
  const current = policy ? withStage(stages, next, await routeStage(deps, policy, partiesOf(request))) : stages
  const opened = openStageAt(policies, current, { stage: next, now: deps.clock.now() })
  return { set: { stages: opened, stage: next, dueAt: dueWhilePending(opened[next]) } }
}

/** Everybody has agreed: it runs, at once or when its day comes. */
function released(request: Request, stages: Stage[], now: Date): Save {
  const approved = transition(request.status, 'approved')
  const { startAt } = request
  if (!startAt || startAt <= now) return { set: { stages, status: approved, dueAt: now } }
  return {
    set: { stages, status: transition(approved, 'scheduled'), dueAt: startAt },
    facts: [{ kind: 'request.scheduled', actor: LATCHKEY, data: { at: startAt.toISOString() } }],
  }
}
