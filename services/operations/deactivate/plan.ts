import type { PlannedStep } from '../../requests/request.ts'
import type { DraftPlan, PlanContext } from '../operation.ts'
import { accessSteps } from './accessSteps.ts'
import { refuse, whyHeld } from '../guards.ts'
import { handOverSteps } from './handOverSteps.ts'
import type { DeactivateInput } from './input.ts'
import { notesOn } from './notes.ts'
import { signInSteps } from './signInSteps.ts'
import { hasPrivilege } from '../standing.ts'
import { survey } from './survey.ts'

/**
 * Out of the door first: sign-in, sessions, password, methods. Then what others need from the person: a reply, their people,
 * their groups, their approvals. Then access, and licences only when the mailbox is safe. Deleting comes last of all.
 */
export async function plan(input: DeactivateInput, context: PlanContext): Promise<DraftPlan> {
  const user = await context.graph.users.get(input.userId)
  const subject = { id: input.userId, name: input.name, userPrincipalName: input.userPrincipalName }
  if (!user) return { subject, steps: [], notes: ['The account is no longer in the directory.'] }
  // Who was an ordinary person when this was asked may be the last administrator when its day has come.
  const refused = await refuse(user, context)
  if (refused) return { subject, steps: [], notes: [whyHeld(refused)] }
  const found = await survey(user, context)
  const steps = inOrder([
    ...signInSteps(input, found, context.policy),
    ...handOverSteps(input, found),
    ...accessSteps(input, found),
  ])
  const care = hasPrivilege(found) ? 'protected' : input.urgent ? 'urgent' : 'ordinary'
  return {
    subject,
    steps: [...steps, ...deletion(input, steps)],
    care,
    notes: notesOn(input, found),
    ...(input.startAt ? { startAt: new Date(input.startAt) } : {}),
  }
}

/** Nothing is taken from somebody who can still sign in: every step needs the block, where there is one to make. */
function inOrder(steps: PlannedStep[]): PlannedStep[] {
  const ids = new Set(steps.map((s) => s.id))
  return steps.map((step) => {
    const needs = [...(step.id === 'sign-in' ? [] : ['sign-in']), ...(step.needs ?? [])].filter((id) => ids.has(id))
    return needs.length > 0 ? { ...step, needs } : step
  })
}

function deletion(input: DeactivateInput, before: PlannedStep[]): PlannedStep[] {
  if (input.deleteAfterDays === 0) return []
  const { userId, userPrincipalName, deleteAfterDays: afterDays } = input
  return [
    {
      id: 'delete',
      kind: 'delete-user',
      change: 'remove',
      title: 'Account',
      before: userPrincipalName,
      after: `deleted ${afterDays} ${afterDays === 1 ? 'day' : 'days'} later, then restorable for 30 days`,
      args: { userId, userPrincipalName, afterDays },
      needs: before.map((s) => s.id),
    },
  ]
}
