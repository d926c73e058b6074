import type { DirectoryRole, Group } from '../graph/index.ts'
import { isGroup } from '../graph/index.ts'
import type { PlanContext } from './operation.ts'

/** What somebody is in the directory: their roles, the groups they are in, the groups they own. */
export interface Standing {
  roles: DirectoryRole[]
  groups: Group[]
  /** `ownerIds`: owners who can still sign in, and so can look after the group. */
  owned: { group: Group; ownerIds: string[] }[]
}

/** By name, so that a plan made twice is the same plan. */
export async function standingOf(userId: string, context: PlanContext): Promise<Standing> {
  const [roles, memberships, owned] = await Promise.all([
    context.graph.roles.of(userId),
    context.graph.users.memberOf(userId),
    ownedGroups(userId, context),
  ])
  const groups = memberships.filter((m) => isGroup(m)).sort((a, b) => a.displayName.localeCompare(b.displayName))
  return { roles, groups, owned }
}

async function ownedGroups(userId: string, { graph }: PlanContext): Promise<Standing['owned']> {
  const objects = (await graph.users.ownedObjects(userId)).filter((o) => o['@odata.type'] === '#microsoft.graph.group')
  const owned = await Promise.all(
    objects.map(async ({ id }) => {
      const [group, owners] = await Promise.all([graph.groups.get(id), graph.groups.owners(id)])
      return group ? [{ group, ownerIds: owners.filter((o) => o.accountEnabled).map((o) => o.id) }] : []
    }),
  )
  return owned.flat().sort((a, b) => a.group.displayName.localeCompare(b.group.displayName))
}

/** Holds a directory role, or has a hand on a group that can be given one. */
export const hasPrivilege = ({ roles, groups, owned }: Standing): boolean =>
  roles.length > 0 || [...groups, ...owned.map((o) => o.group)].some((group) => group.isAssignableToRole === true)

/** The same, of somebody who may be gone. */
export async function isPrivileged(userId: string, context: PlanContext): Promise<boolean> {
  if (!(await context.graph.users.get(userId))) return false
  return hasPrivilege(await standingOf(userId, context))
}
