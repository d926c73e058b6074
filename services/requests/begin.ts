import { routeStage } from '../approvals/routing.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import { GraphRefused } from '../graph/index.ts'
import { operations } from '../operations/index.ts'
import { planned } from './create.ts'
import type { Deps } from './deps.ts'
import { driftBetween, freeze } from './digest.ts'
import { graphTrouble } from './graphTrouble.ts'
import { partiesOf } from './parties.ts'
import { planContext } from './planContext.ts'
import type { Plan, Request } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { dueWhilePending, openStageAt } from './stages.ts'
import { transition } from './status.ts'

/** From approved, or scheduled and due, to running: only if the plan, computed once more, is the one that was approved. */
export async function begin(deps: Deps, request: Request): Promise<void> {
  const now = deps.clock.now()
  const operation = operations[request.operation]
  const context = planContext(deps, { actor: request.requester, timeZone: request.timeZone, except: request._id })
  const draft = await operation.plan(request.input, context).catch(refused)
  if (draft instanceof GraphRefused) return giveUp(deps, request, draft)
  const plan = freeze(request.operation, draft)
  if (plan.digest !== request.plan.digest) return goBack(deps, request, plan)
  await save(deps, request, {
    set: { status: transition(request.status, 'running'), dueAt: now, lease: null },
    facts: [{ kind: 'request.started', actor: LATCHKEY, data: { digest: plan.digest } }],
  })
}

/** Only a "no" ends it: silence is waited out by the worker, which comes again. */
function refused(error: unknown): GraphRefused {
  if (error instanceof GraphRefused) return error
  throw error
}

async function giveUp(deps: Deps, request: Request, refusal: GraphRefused): Promise<void> {
  const now = deps.clock.now()
  const outcome = graphTrouble(refusal)
  await save(deps, request, {
    set: { status: transition(request.status, 'failed'), outcome, endedAt: now, dueAt: null, lease: null },
    facts: [
      {
        kind: 'request.finished',
        actor: LATCHKEY,
        data: { status: 'failed', reason: 'graph_refused', graphCode: refusal.code },
      },
    ],
  })
}

/** The directory moved: what would run is not what was approved, so the approvers are asked again, with the difference marked. */
async function goBack(deps: Deps, request: Request, plan: Plan): Promise<void> {
  const policies = stagesFor(deps.policy, request.operation, plan.care)
  const parties = partiesOf(request)
  const routed = await Promise.all(policies.map((policy) => routeStage(deps, policy, parties)))
  const stages = openStageAt(policies, routed, { stage: 0, now: deps.clock.now() })
  const drift = driftBetween(request.plan, plan)
  await save(deps, request, {
    set: {
      status: transition(request.status, 'pending'),
      ...planned(plan),
      drift,
      stages,
      stage: 0,
      dueAt: dueWhilePending(stages[0]),
      lease: null,
    },
    facts: [
      {
        kind: 'request.drifted',
        actor: LATCHKEY,
        data: { approved: request.plan.digest, now: plan.digest, steps: drift.map((d) => `${d.title}: ${d.how}`) },
      },
    ],
  })
}
