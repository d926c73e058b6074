import { heldLicences } from '../rules/licensing.ts'
import { parentsOf } from '../rules/membership.ts'
import { isVisible } from '../rules/find.ts'
import type { DeviceRecord, GroupRecord, RoleRecord, Tenant, UserRecord } from '../state.ts'
import { GROUP } from './group.ts'
import { DEVICE, ROLE } from './others.ts'
import { item, type Item, type Shape } from './shape.ts'
import { USER } from './user.ts'

export const userShape: Shape<UserRecord> = {
  type: 'user',
  navigations: ['manager', 'directReports', 'memberOf'],
  properties: USER,
  directory: true,
  read(user, property) {
    switch (property) {
      case 'id':
        return user.id
      case 'assignedLicenses':
        return [...heldLicences(user)].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans }))
      case 'licenseAssignmentStates':
        return licenseStates(user)
      case 'passwordProfile':
        return null
      case 'deletedDateTime':
        return user.deletedAt === undefined ? null : new Date(user.deletedAt).toISOString()
      default:
        return user.props[property]
    }
  },
  expand: {
    manager: (user, tenant) => objectItem(tenant, user.managerId),
    directReports: (user, tenant) => reportsOf(tenant, user.id),
    memberOf: (user, tenant) => parentItems(tenant, parentsOf(tenant, user.id)),
  },
}

function licenseStates(user: UserRecord) {
  const state = (skuId: string, one: { disabledPlans: string[]; at: string }) => ({
    skuId,
    disabledPlans: one.disabledPlans,
    lastUpdatedDateTime: one.at,
  })
  const direct = [...user.direct].map(([skuId, one]) => ({
    ...state(skuId, one),
    assignedByGroup: null,
    state: 'Active',
    error: 'None',
  }))
  const inherited = user.inherited.map((one) => ({
    ...state(one.skuId, one),
    assignedByGroup: one.groupId,
    state: one.error === 'None' ? 'Active' : 'Error',
    error: one.error,
  }))
  return [...direct, ...inherited]
}

export const groupShape: Shape<GroupRecord> = {
  type: 'group',
  navigations: ['members', 'owners'],
  properties: GROUP,
  directory: true,
  read(group, property, tenant) {
    switch (property) {
      case 'id':
        return group.id
      case 'assignedLicenses':
        return [...group.licences].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans }))
      case 'hasMembersWithLicenseErrors':
        return group.licences.size > 0 && licenceErrors(tenant, group).length > 0
      case 'deletedDateTime':
        return group.deletedAt === undefined ? null : new Date(group.deletedAt).toISOString()
      default:
        return group.props[property]
    }
  },
  expand: {
    members: (group, tenant) => objectItems(tenant, group.members),
    owners: (group, tenant) => objectItems(tenant, group.owners),
  },
}

export const licenceErrors = (tenant: Tenant, group: GroupRecord) =>
  [...group.members].filter((id) =>
    tenant.users.get(id)?.inherited.some((one) => one.groupId === group.id && one.error !== 'None'),
  )

export const roleShape: Shape<RoleRecord> = {
  type: 'directoryRole',
  properties: ROLE,
  directory: true,
  read: (role, property) => role[property],
}

export const deviceShape: Shape<DeviceRecord> = {
  type: 'device',
  properties: DEVICE,
  directory: true,
  read: (device, property) => device[property],
}

export const userItem = (tenant: Tenant, user: UserRecord): Item => item(userShape, user, tenant)
export const groupItem = (tenant: Tenant, group: GroupRecord): Item => item(groupShape, group, tenant)

/** Any live, visible directory object by id. */
export function objectItem(tenant: Tenant, id: string | undefined): Item | undefined {
  if (id === undefined) return undefined
  const user = tenant.users.get(id)
  if (user !== undefined) return isVisible(tenant, user) ? userItem(tenant, user) : undefined
  const group = tenant.groups.get(id)
  if (group !== undefined) return isVisible(tenant, group) ? groupItem(tenant, group) : undefined
  const role = tenant.roles.get(id)
  if (role !== undefined) return item(roleShape, role, tenant)
  const device = tenant.devices.get(id)
  return device === undefined ? undefined : item(deviceShape, device, tenant)
}

export const objectItems = (tenant: Tenant, ids: Iterable<string>): Item[] =>
  [...ids].flatMap((id) => objectItem(tenant, id) ?? [])

export const parentItems = (tenant: Tenant, parents: { groups: GroupRecord[]; roles: RoleRecord[] }): Item[] => [
  ...parents.groups.map((group) => groupItem(tenant, group)),
  ...parents.roles.map((role) => item(roleShape, role, tenant)),
]

export const reportsOf = (tenant: Tenant, id: string): Item[] =>
  [...tenant.users.values()]
    .filter((user) => user.managerId === id && isVisible(tenant, user))
    .map((user) => userItem(tenant, user))
