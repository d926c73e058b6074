import { routeStage } from '../approvals/routing.ts'
import { stagesFor } from '../approvals/stagesFor.ts'
import { mayAsk } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import { operations } from '../operations/index.ts'
import type { Draft, OperationName, PlanContext, Problem } from '../operations/operation.ts'
import { DuplicateKey } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { freeze } from './digest.ts'
import { newId } from './id.ts'
import { partiesOf } from './parties.ts'
import { planContext } from './planContext.ts'
import type { Person, Plan, Request, Stage, StepRecord, Subject } from './request.ts'
import { reservedBy } from './reservedBy.ts'
import { outgoing, person } from './save.ts'
import { dueWhilePending, openStageAt } from './stages.ts'

export interface Create {
  operation: OperationName
  draft: Draft
  actor: Person
  /** The asker's IANA time zone. */
  timeZone: string
  /** The id of the form it was asked on: the same form sent twice is one request. */
  form: string
  /** Where the answer will be shown; opaque here. */
  origin?: object
}

export type Created = { ok: true; request: Request } | { ok: false; problems: Problem[]; proposed: Draft }

/** Asks for a change. @throws Refusal `not_helpdesk`, `nobody_to_ask` */
export async function create(deps: Deps, asked: Create): Promise<Created> {
  const { actor } = asked
  if (!mayAsk(await deps.roles.of(actor.id))) throw new Refusal('not_helpdesk')

  const form = `${actor.id}:${asked.form}`
  const sentBefore = await sentOn(deps, form)
  if (sentBefore) return { ok: true, request: sentBefore }

  const operation = operations[asked.operation]
  const context = planContext(deps, asked)
  for (let i = 0; i < TRIES; i += 1) {
    const checked = await operation.check(asked.draft, context)
    // Delivered twice at once, the user name may be taken by this very form.
    const twin = checked.ok ? undefined : await sentOn(deps, form)
    if (twin) return { ok: true, request: twin }
    if (!checked.ok) return checked
    const request = await insert(deps, await draftRequest(deps, { ...asked, form, input: checked.input }, context))
    if (request) return { ok: true, request }
    // Somebody else asked for the same user name in this very moment: the check sees it now.
  }
  throw new Refusal('busy')
}

async function sentOn(deps: Deps, form: string | undefined): Promise<Request | undefined> {
  const [request] = await deps.requests.find({ form }, { limit: 1 })
  return request
}

/** The plan of a draft, for looking at before it is sent. Nothing is stored. @throws Refusal `not_helpdesk` */
export async function preview(deps: Deps, asked: Omit<Create, 'form' | 'origin'>): Promise<Preview> {
  if (!mayAsk(await deps.roles.of(asked.actor.id))) throw new Refusal('not_helpdesk')
  const operation = operations[asked.operation]
  const context = planContext(deps, asked)
  const checked = await operation.check(asked.draft, context)
  if (!checked.ok) return checked
  const draft = await operation.plan(checked.input, context)
  const plan = freeze(asked.operation, draft)
  return { ok: true, plan, subject: draft.subject, proposed: checked.proposed }
}

export type Preview = { proposed: Draft } & (
  | { ok: true; plan: Plan; subject: Subject }
  | { ok: false; problems: Problem[] }
)

async function draftRequest(deps: Deps, asked: Create & { input: unknown }, context: PlanContext): Promise<Request> {
  const operation = operations[asked.operation]
  const now = deps.clock.now()
  const draft = await operation.plan(asked.input, context)
  const input = asked.input as Record<string, unknown>
  const { operation: name, actor: requester } = asked
  const parties = partiesOf({ operation: name, requester, subject: draft.subject, input })
  const plan = freeze(asked.operation, draft)
  const policies = stagesFor(deps.policy, asked.operation, plan.care)
  const routed = await Promise.all(policies.map((stage) => routeStage(deps, stage, parties)))
  const stages = openStageAt(policies, routed, { stage: 0, now })
  refuseIfNobody(stages)
  return {
    _id: newId(),
    operation: asked.operation,
    directoryId: deps.directoryId,
    status: 'pending',
    version: 0,
    requester: asked.actor,
    reason: (asked.draft['reason'] ?? '').trim(),
    subject: draft.subject,
    input,
    ...planned(plan),
    stages,
    stage: 0,
    ...(draft.undoes ? { undoes: draft.undoes } : {}),
    ...(draft.startAt ? { startAt: draft.startAt } : {}),
    timeZone: asked.timeZone,
    form: asked.form,
    reserves: reservedBy({ ...draft, operation: asked.operation }),
    ...(asked.origin ? { origin: asked.origin } : {}),
    facts: {},
    createdAt: now,
    updatedAt: now,
    dueAt: dueWhilePending(stages[0]),
    lease: null,
    unannounced: true,
    outbox: [],
  }
}

/** A plan, and a fresh record for each of its steps. */
export function planned(plan: Plan): { plan: Plan; steps: StepRecord[] } {
  return { plan, steps: plan.steps.map((s) => ({ id: s.id, outcome: 'pending', attempts: 0 })) }
}

/** A stage that can never be answered would wait in silence. */
export function refuseIfNobody(stages: Stage[]): void {
  const hopeless = stages.find((s) => s.approvers.length < s.needed)
  if (hopeless) throw new Refusal('nobody_to_ask', { stage: hopeless.name })
}

const TRIES = 6

/** Resolves to undefined where an open request has the user name already. */
async function insert(deps: Deps, draft: Request): Promise<Request | undefined> {
  for (let i = 0; i < TRIES; i += 1) {
    const request = { ...draft, _id: newId(i < 3 ? 4 : 6) }
    const fact = {
      kind: 'request.created' as const,
      actor: person(draft.requester),
      data: { operation: draft.operation, reason: draft.reason, digest: draft.plan.digest },
    }
    request.outbox = [outgoing(request, fact, draft.createdAt)]
    try {
      const inserted = await deps.requests.insert(request)
      deps.wake()
      return inserted
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const sentBefore = await sentOn(deps, draft.form)
      if (sentBefore) return sentBefore
      if (draft.reserves && (await deps.requests.count({ reserves: draft.reserves })) > 0) return undefined
    }
  }
  throw new Refusal('busy')
}
