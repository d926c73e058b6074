import type { Care, Request } from '../../requests/request.ts'
import { refuse } from '../guards.ts'
import { isPrivileged } from '../standing.ts'
import type { PlanContext, Problem } from '../operation.ts'
import { subjectOf } from './subject.ts'

/** Giving a powerful account back, or taking it away, needs the same voices as closing it did. */
export async function careOf(original: Request, context: PlanContext): Promise<Care> {
  const userId = subjectOf(original).id
  const isGuarded = original.plan.care === 'protected' || (userId && (await isPrivileged(userId, context)))
  return isGuarded ? 'protected' : 'ordinary'
}

/** Taking a new account away is deactivating somebody: who is refused there is refused here. */
export async function refusedToTakeAway(original: Request, context: PlanContext): Promise<Problem | undefined> {
  const userId = subjectOf(original).id
  const user = original.operation === 'provision' && userId ? await context.graph.users.get(userId) : undefined
  return user && refuse(user, context)
}
