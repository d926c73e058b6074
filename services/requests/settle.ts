import { isStillAsked, routeStage } from '../approvals/routing.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import type { Deps } from './deps.ts'
import { partiesOf } from './parties.ts'
import type { Person, Request, Stage } from './request.ts'
import { LATCHKEY, type Save, save } from './save.ts'
import { dueWhilePending, openStageAt, withStage } from './stages.ts'
import { transition } from './status.ts'
import { withoutApprovers } from './withoutApprovers.ts'

/**
 * The open stage has its verdict: now it takes effect, if those who gave it still may. Cards may be days old, so whoever has
 * left the group or the company meanwhile does not decide any more; that is asked of Graph here, once it answers.
 */
export async function settle(deps: Deps, request: Request, stage: Stage): Promise<void> {
  const gone = await noLongerAsked(deps, request, stage)
  const { set, facts } =
    gone.length > 0 ? await struck(deps, request, { stage, gone }) : await inEffect(deps, request, stage)
  await save(deps, request, { set: { ...set, lease: null }, unset: ['held'], ...(facts ? { facts } : {}) })
}

async function noLongerAsked(deps: Deps, request: Request, stage: Stage): Promise<Person[]> {
  const policy = stagesFor(deps.policy, request.operation, request.plan.care)[request.stage]
  const judged = await Promise.all(
    stage.decisions.map(async ({ by }) => {
      const approver = stage.approvers.find((a) => a.id === by.id)
      return !policy || !approver || (await isStillAsked(deps, policy, approver)) ? [] : [by]
    }),
  )
  return judged.flat()
}

/** Their word does not count, and they are not asked any more: the stage is open again for the others. */
async function struck(deps: Deps, request: Request, { stage, gone }: { stage: Stage; gone: Person[] }): Promise<Save> {
  const isGone = ({ id }: { id: string }): boolean => gone.some((g) => g.id === id)
  const { verdict: _none, ...reopened } = { ...stage, decisions: stage.decisions.filter((d) => !isGone(d.by)) }
  const asked = await withoutApprovers(deps, request, {
    stage: reopened,
    index: request.stage,
    isGone,
    why: 'not_asked',
  })
  return {
    set: { stages: withStage(request.stages, request.stage, asked), dueAt: dueWhilePending(asked) },
    facts: gone.map(({ name }) => ({ kind: 'decision.struck', actor: LATCHKEY, data: { name, stage: stage.name } })),
  }
}

async function inEffect(deps: Deps, request: Request, stage: Stage): Promise<Save> {
  const now = deps.clock.now()
  if (stage.verdict === 'rejected') {
    return { set: { status: transition(request.status, 'rejected'), endedAt: now, dueAt: null } }
  }
  return request.stage + 1 === request.stages.length ? released(request, now) : openNext(deps, request)
}

async function openNext(deps: Deps, request: Request): Promise<Save> {
  const next = request.stage + 1
  const policies = stagesFor(deps.policy, request.operation, request.plan.care)
  const policy = policies[next]
  // The people who are there now, not those who were when it was asked.
  const stages = policy
    ? withStage(request.stages, next, await routeStage(deps, policy, partiesOf(request)))
    : request.stages
  const opened = openStageAt(policies, stages, { stage: next, now: deps.clock.now() })
  return { set: { stages: opened, stage: next, dueAt: dueWhilePending(opened[next]) } }
}

/** Everybody has agreed: it runs, at once or when its day comes. */
function released({ status, startAt }: Request, now: Date): Save {
  const approved = transition(status, 'approved')
  if (!startAt || startAt <= now) return { set: { status: approved, dueAt: now } }
  return {
    set: { status: transition(approved, 'scheduled'), dueAt: startAt },
    facts: [{ kind: 'request.scheduled', actor: LATCHKEY, data: { at: startAt.toISOString() } }],
  }
}
