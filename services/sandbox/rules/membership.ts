import type { GroupRecord, RoleRecord, Tenant, UserRecord } from '../state.ts'
import { memberChanged } from './journal.ts'
import { settleLicences } from './licensing.ts'
import { ruleHolds } from './dynamicRule.ts'

export const isDynamic = (group: GroupRecord) =>
  (group.props['groupTypes'] as string[] | undefined)?.includes('DynamicMembership') === true

export function join(tenant: Tenant, group: GroupRecord, memberId: string): void {
  group.members.add(memberId)
  memberChanged(tenant, group.id, { id: memberId, removed: false })
  const user = tenant.users.get(memberId)
  if (user !== undefined && group.licences.size > 0) settleLicences(tenant, user)
}

export function leave(tenant: Tenant, group: GroupRecord, memberId: string): void {
  group.members.delete(memberId)
  memberChanged(tenant, group.id, { id: memberId, removed: true })
  const user = tenant.users.get(memberId)
  if (user !== undefined && group.licences.size > 0) settleLicences(tenant, user)
}

/** Moves a user in and out of the dynamic groups, after any change of the user's properties. */
export function settleDynamicGroups(tenant: Tenant, user: UserRecord): void {
  for (const group of tenant.groups.values()) if (isDynamic(group)) settleDynamic(tenant, group, user)
}

/** Fills a dynamic group, after its rule has changed. */
export function settleDynamicGroup(tenant: Tenant, group: GroupRecord): void {
  for (const user of tenant.users.values()) settleDynamic(tenant, group, user)
}

function settleDynamic(tenant: Tenant, group: GroupRecord, user: UserRecord): void {
  const belongs = ruleHolds(group.props['membershipRule'], user.props)
  if (belongs && !group.members.has(user.id)) join(tenant, group, user.id)
  if (!belongs && group.members.has(user.id)) leave(tenant, group, user.id)
}

export interface Parents {
  groups: GroupRecord[]
  roles: RoleRecord[]
}

export function parentsOf(tenant: Tenant, id: string): Parents {
  return {
    groups: [...tenant.groups.values()].filter((group) => group.members.has(id)),
    roles: [...tenant.roles.values()].filter((role) => role.members.has(id)),
  }
}

/** Groups and roles that hold the object directly or through other groups. */
export function allParentsOf(tenant: Tenant, id: string): Parents {
  const groups = new Map<string, GroupRecord>()
  const roles = new Map<string, RoleRecord>()
  const open = [id]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const parents = parentsOf(tenant, at)
    for (const role of parents.roles) roles.set(role.id, role)
    for (const group of parents.groups) {
      if (groups.has(group.id)) continue
      groups.set(group.id, group)
      open.push(group.id)
    }
  }
  return { groups: [...groups.values()], roles: [...roles.values()] }
}

/** Ids of everything in the group, directly or through nested groups. */
export function allMembersOf(tenant: Tenant, group: GroupRecord): string[] {
  const seen = new Set<string>()
  const open = [group]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const id of at.members) {
      if (seen.has(id)) continue
      seen.add(id)
      const nested = tenant.groups.get(id)
      if (nested !== undefined) open.push(nested)
    }
  }
  return [...seen]
}
