import type { Graph, User } from '../../graph/index.ts'
import type { PlanContext, Problem, ProblemCode } from '../operation.ts'

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
  return undefined
}

async function isLastGlobalAdministrator(graph: Graph, user: User): Promise<boolean> {
  const admins = await graph.roles.members(GLOBAL_ADMINISTRATOR)
  return admins.some((a) => a.id === user.id) && !admins.some((a) => a.id !== user.id && a.accountEnabled === true)
}
