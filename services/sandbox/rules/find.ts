import { notFound } from '../errors.ts'
import type { GroupRecord, Tenant, UserRecord } from '../state.ts'

export const isVisible = (tenant: Tenant, record: { visibleAt: number }) => tenant.now() >= record.visibleAt

/** By object id or user principal name. @throws GraphFailure 404, also while a new user has not been replicated */
export function findUser(tenant: Tenant, idOrName: string): UserRecord {
  const byName = tenant.claims.get(`userPrincipalName:${idOrName.toLowerCase()}`)
  const user = tenant.users.get(idOrName.toLowerCase()) ?? tenant.users.get(byName ?? '')
  if (user === undefined || !isVisible(tenant, user)) throw notFound(idOrName)
  return user
}

/** @throws GraphFailure 404 */
export function findGroup(tenant: Tenant, id: string): GroupRecord {
  const group = tenant.groups.get(id.toLowerCase())
  if (group === undefined || !isVisible(tenant, group)) throw notFound(id)
  return group
}

/** The id behind a reference such as `https://host/v1.0/users/{id}` or `…/directoryObjects('{id}')`. */
export function referencedId(tenant: Tenant, link: unknown): string {
  const text = typeof link === 'string' ? link : ''
  const last = decodeURIComponent(/\/([^/]+?)(?:\/\$ref)?$/.exec(text)?.[1] ?? '')
  const key = /\('(.+)'\)$/.exec(last)?.[1] ?? last
  if (/^[0-9a-f-]{36}$/i.test(key)) return key.toLowerCase()
  return findUser(tenant, key).id
}
