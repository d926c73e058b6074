import type { PlannedStep, Request, StepRecord } from '../../requests/request.ts'
import type { AddToGroupArgs } from '../../steps/addToGroup.ts'
import { steps as kinds } from '../../steps/index.ts'
import { planned } from '../../steps/target.ts'
import type { StepKind } from '../../steps/step.ts'
import type { PlanContext } from '../operation.ts'
import { stillPossible, type Undoing } from './stillPossible.ts'
import { subjectOf } from './subject.ts'

/**
 * The way back: every step that was done, newest first, from what it saved. What cannot be restored is said, with the reason.
 * `also`: what has to come of it even where the request had not done the contrary.
 */
export async function undoing(original: Request, context: PlanContext, also: PlannedStep[] = []): Promise<Undoing> {
  const userId = subjectOf(original).id ?? ''
  const done = original.plan.steps.flatMap((step, i) => {
    const record = original.steps[i]
    return record && mayHaveHappened(record) ? [{ step, saved: record.saved ?? {} }] : []
  })
  const creation = done.filter(({ step }) => step.kind === 'create-user')
  const back = (creation.length > 0 ? creation : done.reverse()).map(({ step, saved }) =>
    kinds[step.kind].undo?.(step.args, { planned: step, saved, userId }),
  )
  const notes = back.filter((b): b is string => typeof b === 'string')
  const restorable = await stillPossible(
    back.flatMap((b) => (typeof b === 'string' || b === undefined ? [] : b)),
    context,
  )
  const needsSignIn = done.some(({ step }) => step.kind === 'scramble-password')
  const missing = also.filter((a) => !restorable.steps.some((s) => s.id === a.id))
  const signIn = needsSignIn ? [firstSignIn(original, userId, context)] : []
  const way = [...missing, ...restorable.steps, ...signIn]
  return { steps: framed(original, way), notes: [...notes, ...restorable.notes] }
}

/** Done, or asked of Graph without ever hearing how it went. */
const mayHaveHappened = ({ outcome, applied, reason }: StepRecord): boolean =>
  outcome === 'done' ||
  (applied === true && (outcome === 'failed' || outcome === 'skipped') && reason?.code !== 'graph_refused')

export function firstSignIn(original: Pick<Request, 'subject'>, userId: string, context: PlanContext): PlannedStep {
  const { handOver } = context.policy
  const way = handOver.offered.find((w) => w !== 'activation-mail') ?? 'temporary-access-pass'
  const { name, userPrincipalName } = original.subject
  const words = way === 'temporary-password' ? 'Temporary password' : 'Temporary Access Pass'
  return planned('hand-over', {
    kind: 'hand-over',
    change: 'add',
    title: 'First sign-in',
    before: '',
    after: `${words}, shown once to ${handOver.entitled === 'manager' ? 'the manager' : 'who asked'}`,
    args: { userId, way, minutes: Math.floor(handOver.passLifetime / 60), name, userPrincipalName },
    needs: ['sign-in'],
  })
}

/** Without a licence there is no mailbox to put anything back into. */
const OF_MAILBOX: readonly StepKind[] = ['auto-reply', 'share-mailbox', 'address-list']

const givesLicences = ({ kind, args }: PlannedStep): boolean =>
  kind === 'assign-licences' || (kind === 'add-to-group' && ((args as AddToGroupArgs).gives ?? []).length > 0)

/** Stop what the other request still means to do, go back, and only then call it undone. */
function framed(original: Request, way: PlannedStep[]): PlannedStep[] {
  const args = { requestId: original._id }
  const isOpen = original.status === 'waiting' || original.status === 'running'
  const stop = planned('stop', {
    kind: 'stop-request',
    change: 'change',
    title: original._id,
    before: 'still waiting',
    after: 'stopped',
    args,
  })
  const all = [...(isOpen ? [stop] : []), ...way]
  const ids = new Set(all.map((s) => s.id))
  const first = all.filter((s) => s.kind === 'restore-user' || s.kind === 'stop-request').map((s) => s.id)
  const licences = all.filter(givesLicences).map((s) => s.id)
  const ordered = all.map((step) => {
    const before = [...(first.includes(step.id) ? [] : first), ...(OF_MAILBOX.includes(step.kind) ? licences : [])]
    return { ...step, needs: [...before, ...(step.needs ?? [])].filter((id) => ids.has(id)) }
  })
  const last = planned('undone', {
    kind: 'mark-undone',
    change: 'change',
    title: original._id,
    before: 'in force',
    after: 'undone',
    args,
    needs: [...ids],
  })
  return [...ordered, last]
}
