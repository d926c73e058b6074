import type { Graph, User } from '../graph/index.ts'
import type { PlanContext, Problem, ProblemCode } from './operation.ts'
import { isPrivileged } from './standing.ts'

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

/** Whoever is always refused, whatever policy says and whoever approves. */
export async function refuse(user: User, context: PlanContext): Promise<Problem | undefined> {
  const problem = (code: ProblemCode): Problem => ({ field: 'person', code, data: { name: user.displayName } })
  const upn = user.userPrincipalName.toLowerCase()
  const named = (list: string[]): boolean => list.some((n) => n.toLowerCase() === upn || n === user.id)
  if (user.id === context.requester.id) return problem('is_self')
  if (named(context.policy.deactivate.never)) return problem('is_break_glass')
  if (named([context.policy.handOver.mailFrom ?? ''])) return problem('is_latchkey')
  if (user.userType === 'Guest') return problem('is_guest')
  if (user.onPremisesSyncEnabled) return problem('is_synced')
  if (await isLastGlobalAdministrator(context.graph, user)) return problem('is_last_admin')
  const hasStage = context.policy.operations.deactivate.protected.length > 0
  return hasStage || !(await isPrivileged(user.id, context)) ? undefined : problem('is_protected')
}

/** Why somebody who could be asked about yesterday must not be touched today, for the approver to read. */
export const whyHeld = ({ code, data }: Problem): string =>
  `${data?.['name'] ?? 'This person'} ${HELD[code] ?? 'is always refused'}: nothing of this will be done.`

const HELD: Partial<Record<ProblemCode, string>> = {
  is_last_admin: 'is the last Global Administrator now',
  is_break_glass: 'is an emergency account now',
  is_latchkey: 'is what Latchkey sends its mail from',
  is_guest: 'is a guest now',
  is_synced: 'comes from on-premises now',
  is_protected: 'holds a directory role now, and the policy names nobody who may approve that',
}

async function isLastGlobalAdministrator(graph: Graph, user: User): Promise<boolean> {
  const admins = await graph.roles.members(GLOBAL_ADMINISTRATOR)
  return admins.some((a) => a.id === user.id) && !admins.some((a) => a.id !== user.id && a.accountEnabled === true)
}
