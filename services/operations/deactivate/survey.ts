import type { AutomaticReplies, Device, DirectoryRole, Group, MethodKind, User } from '../../graph/index.ts'
import { isGroup } from '../../graph/index.ts'
import type { PlanContext } from '../operation.ts'

/** Everything about a person that leaving touches, read in one go. */
export interface Survey {
  user: User
  roles: DirectoryRole[]
  groups: Group[]
  /** `ownerIds`: owners who can still sign in, and so can look after the group. */
  owned: { group: Group; ownerIds: string[] }[]
  reports: User[]
  devices: Device[]
  methods: MethodKind[]
  mailbox: { purpose: string; autoReply: AutomaticReplies | null } | undefined
  /** Names of licences by SKU id. */
  skuNames: Map<string, string>
  waiting: number
  soleRoles: string[]
}

export async function survey(user: User, context: PlanContext): Promise<Survey> {
  const { graph } = context
  const [roles, memberships, owned, reports, devices, methods, settings, skus, waiting, soleRoles] = await Promise.all([
    graph.roles.of(user.id),
    graph.users.memberOf(user.id),
    ownedGroups(user.id, context),
    graph.users.directReports(user.id),
    graph.devices.of(user.id),
    graph.authentication.methods(user.id),
    graph.users.mailboxSettings(user.id),
    graph.skus.list(),
    context.waitingFor(user.id),
    context.soleRoles(user.id),
  ])
  const byName = (a: Group, b: Group): number => a.displayName.localeCompare(b.displayName)
  return {
    user,
    roles,
    groups: memberships.filter((m) => isGroup(m)).sort(byName),
    owned,
    reports: reports.sort((a, b) => a.displayName.localeCompare(b.displayName)),
    devices,
    methods: methods.map((m) => m.kind),
    mailbox: settings && {
      purpose: settings.userPurpose ?? 'user',
      autoReply: settings.automaticRepliesSetting ?? null,
    },
    skuNames: new Map(skus.map((s) => [s.skuId, s.name])),
    waiting,
    soleRoles,
  }
}

async function ownedGroups(userId: string, { graph }: PlanContext): Promise<Survey['owned']> {
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
export const hasPrivilege = ({ roles, groups, owned }: Pick<Survey, 'roles' | 'groups' | 'owned'>): boolean =>
  roles.length > 0 || [...groups, ...owned.map((o) => o.group)].some((group) => group.isAssignableToRole === true)

/** The same, of somebody who is in the directory now, without reading the rest. */
export async function isPrivileged(userId: string, context: PlanContext): Promise<boolean> {
  if (!(await context.graph.users.get(userId))) return false
  const [roles, memberships, owned] = await Promise.all([
    context.graph.roles.of(userId),
    context.graph.users.memberOf(userId),
    ownedGroups(userId, context),
  ])
  return hasPrivilege({ roles, groups: memberships.filter((m) => isGroup(m)), owned })
}
