import type { Graph } from '../../services/graph/index.ts'

/** Everything about an account that deactivating touches and an undo has to put back, property by property. */
export async function accountOf({ graph }: { graph: Graph }, userId: string): Promise<Record<string, unknown>> {
  const { users, groups, devices } = graph
  const [user, manager, memberOf, owned, reports, mailbox, held] = await Promise.all([
    users.get(userId),
    users.manager(userId),
    users.memberOf(userId),
    users.ownedObjects(userId),
    users.directReports(userId),
    users.mailboxSettings(userId),
    devices.of(userId),
  ])
  const owners = await Promise.all(
    owned.map(async (o) => ({ group: o.displayName, owners: idsOf(await groups.owners(o.id)) })),
  )
  return {
    ...user,
    assignedLicenses: user?.assignedLicenses?.map((l) => JSON.stringify(l)).sort(),
    licenseAssignmentStates: user?.licenseAssignmentStates
      ?.map(({ skuId, assignedByGroup, disabledPlans, state, error }) =>
        JSON.stringify([skuId, assignedByGroup, disabledPlans, state, error]),
      )
      .sort(),
    manager: manager?.id,
    memberOf: memberOf.map((m) => m.displayName).sort(),
    owners,
    reports: idsOf(reports),
    autoReply: mailbox?.automaticRepliesSetting,
    mailbox: mailbox?.userPurpose,
    devices: held.map((d) => `${d.displayName}: ${d.accountEnabled}`).sort(),
  }
}

const idsOf = (objects: { id: string }[]): string[] => objects.map((o) => o.id).sort()
