import type { PlannedStep, Request } from '../../requests/request.ts'
import { isWritable } from '../../graph/index.ts'
import { steps as kinds } from '../../steps/index.ts'
import { planned } from '../../steps/target.ts'
import type { PlanContext } from '../operation.ts'

export interface Undoing {
  steps: PlannedStep[]
  notes: string[]
}

/** The way back: every step that was done, newest first, from what it saved. What cannot be restored is said, with the reason. */
export async function undoing(original: Request, context: PlanContext): Promise<Undoing> {
  const userId = original.subject.id ?? original.facts['userId'] ?? ''
  const done = original.plan.steps.flatMap((step, i) => {
    const record = original.steps[i]
    return record?.outcome === 'done' ? [{ step, saved: record.saved ?? {} }] : []
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
  const way = [...restorable.steps, ...(needsSignIn ? [firstSignIn(original, userId, context)] : [])]
  return { steps: framed(original, way), notes: [...notes, ...restorable.notes] }
}

/** Groups go and change: what is not there any more cannot be joined again. */
async function stillPossible(steps: PlannedStep[], { graph }: PlanContext): Promise<Undoing> {
  const checked = await Promise.all(
    steps.map(async (step): Promise<PlannedStep | string> => {
      const { groupId } = step.args as { groupId?: string }
      if (groupId === undefined) return step
      const group = await graph.groups.get(groupId)
      if (!group) return `${step.after || step.before} is no longer in the directory.`
      return isWritable(group) ? step : `${group.displayName} cannot be changed here any more.`
    }),
  )
  return {
    steps: checked.filter((c): c is PlannedStep => typeof c !== 'string'),
    notes: checked.filter((c): c is string => typeof c === 'string'),
  }
}

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
  })
}

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
  const ordered = all.map((step) => {
    const needs = [...(first.includes(step.id) ? [] : first), ...(step.needs ?? [])].filter((id) => ids.has(id))
    return { ...step, needs }
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
