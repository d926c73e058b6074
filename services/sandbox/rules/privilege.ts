import { denied } from '../errors.ts'
import type { Tenant } from '../state.ts'
import { allParentsOf } from './membership.ts'

/** Properties whose change is a "sensitive action" (Graph, resource "user", "Sensitive actions"); so are delete and restore. */
export const SENSITIVE: readonly string[] = [
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'onPremisesImmutableId',
  'otherMails',
  'passwordProfile',
  'userPrincipalName',
]

const HARMLESS = [
  'Directory Readers',
  'Guest Inviter',
  'Message Center Reader',
  'Password Administrator',
  'Reports Reader',
  'Usage Summary Reports Reader',
]
const LIMITED = ['Groups Administrator', 'Helpdesk Administrator', 'User Administrator']
const HIGHEST = ['Privileged Authentication Administrator', 'Global Administrator']

/** Roles of which the acting app needs one to touch a person who holds `role`. */
function actorsFor(role: string): string[] {
  if (HARMLESS.includes(role)) return ['Authentication Administrator', 'User Administrator', ...HIGHEST]
  if (role === 'Authentication Administrator') return ['Authentication Administrator', ...HIGHEST]
  if (LIMITED.includes(role)) return ['User Administrator', ...HIGHEST]
  return HIGHEST
}

/** @throws GraphFailure 403 when the target is too high for the app's roles, or a password reset comes without any */
export function refusePrivileged(tenant: Tenant, targetId: string, action: { passwordReset: boolean }): void {
  const { roles, groups } = allParentsOf(tenant, targetId)
  const owns = [...tenant.groups.values()].filter((group) => group.owners.has(targetId))
  const assignable = [...groups, ...owns].some((group) => group.props['isAssignableToRole'] === true)
  const needed = roles.map(({ displayName }) => actorsFor(displayName))
  if (assignable) needed.push(HIGHEST)
  if (action.passwordReset) needed.push(['User Administrator', ...HIGHEST])
  const allowed = needed.every((actors) => actors.some((role) => tenant.settings.appRoles.includes(role)))
  if (!allowed) throw denied()
}
