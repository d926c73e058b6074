import { notFound } from '../errors.ts'
import type { Tenant, UserRecord } from '../state.ts'
import { claim, refuseConflicts, release } from './claims.ts'
import { changed, removed } from './journal.ts'
import { seatsLeft, settleLicences } from './licensing.ts'
import { isDynamic, join, leave, settleDynamicGroups } from './membership.ts'

const RESTORABLE_MS = 30 * 24 * 60 * 60 * 1000

/** Moves the account to the deleted items: seats, names and group places become free; 30 days to change one's mind. */
export function softDelete(tenant: Tenant, user: UserRecord): void {
  const memberOf = [...tenant.groups.values()].filter((group) => group.members.has(user.id))
  const ownerOf = [...tenant.groups.values()].filter((group) => group.owners.has(user.id))
  const reports = [...tenant.users.values()].filter((one) => one.managerId === user.id)
  const ids = (objects: { id: string }[]) => objects.map(({ id }) => id)
  user.remembered = { memberOf: ids(memberOf), ownerOf: ids(ownerOf), reports: ids(reports) }
  for (const group of memberOf) leave(tenant, group, user.id)
  for (const group of ownerOf) group.owners.delete(user.id)
  for (const report of reports) {
    report.managerId = undefined
    changed(tenant, 'users', { id: report.id, fields: ['manager'] })
  }
  user.deletedAt = tenant.now()
  for (const sku of tenant.skus) sku.holders.delete(user.id)
  tenant.users.delete(user.id)
  tenant.deletedUsers.set(user.id, user)
  release(tenant, user)
  removed(tenant, 'users', { id: user.id, reason: 'changed' })
}

/** @throws GraphFailure 404 unknown or past its 30 days */
export function findDeletedUser(tenant: Tenant, id: string): UserRecord {
  const user = tenant.deletedUsers.get(id.toLowerCase())
  if (user === undefined) throw notFound(id)
  if (tenant.now() - (user.deletedAt ?? 0) <= RESTORABLE_MS) return user
  deleteForGood(tenant, user)
  throw notFound(id)
}

/** What can still be restored. */
export const liveDeletedUsers = (tenant: Tenant): UserRecord[] =>
  [...tenant.deletedUsers.values()].filter((user) => tenant.now() - (user.deletedAt ?? 0) <= RESTORABLE_MS)

export function deleteForGood(tenant: Tenant, user: UserRecord): void {
  tenant.deletedUsers.delete(user.id)
  removed(tenant, 'users', { id: user.id, reason: 'deleted' })
}

/**
 * Brings the account back with its groups, reports, manager and licences; a direct licence without a free seat is lost.
 * @throws GraphFailure 400 ObjectConflict when somebody has taken a name meanwhile
 */
export function restore(tenant: Tenant, user: UserRecord, options: { dropTakenProxies: boolean }): void {
  if (options.dropTakenProxies) dropTakenProxies(tenant, user)
  refuseConflicts(tenant, user.props)
  tenant.deletedUsers.delete(user.id)
  user.deletedAt = undefined
  tenant.users.set(user.id, user)
  claim(tenant, user)
  for (const skuId of user.direct.keys()) {
    const sku = tenant.skus.find((one) => one.skuId === skuId)
    if (sku === undefined || seatsLeft(sku) < 1) user.direct.delete(skuId)
  }
  const { memberOf = [], ownerOf = [], reports = [] } = user.remembered ?? {}
  for (const group of memberOf.flatMap((id) => tenant.groups.get(id) ?? [])) {
    if (!isDynamic(group)) join(tenant, group, user.id)
  }
  for (const group of ownerOf.flatMap((id) => tenant.groups.get(id) ?? [])) group.owners.add(user.id)
  for (const report of reports.flatMap((id) => tenant.users.get(id) ?? [])) report.managerId ??= user.id
  user.remembered = undefined
  settleLicences(tenant, user)
  settleDynamicGroups(tenant, user)
  changed(tenant, 'users', { id: user.id, fields: [...Object.keys(user.props), 'manager'] })
}

function dropTakenProxies(tenant: Tenant, user: UserRecord): void {
  const proxies = (user.props['proxyAddresses'] ?? []) as string[]
  user.props['proxyAddresses'] = proxies.filter(
    (address) => !tenant.claims.has(`proxyAddresses:${address.toLowerCase().replace(/^smtp:/, '')}`),
  )
}
