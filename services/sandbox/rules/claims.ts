import { conflict } from '../errors.ts'
import type { Json } from '../http.ts'
import type { Tenant } from '../state.ts'

const UNIQUE = ['userPrincipalName', 'mailNickname', 'onPremisesImmutableId'] as const

/** The values that no two live objects may share, as `property:value`. Soft-deleted users claim nothing. */
export function claimsOf(props: Json): string[] {
  const own = UNIQUE.flatMap((name) => keyOf(name, props[name]))
  const proxies = Array.isArray(props['proxyAddresses']) ? (props['proxyAddresses'] as unknown[]) : []
  return [
    ...own,
    ...[props['mail'], props['userPrincipalName'], ...proxies].flatMap((value) => keyOf('proxyAddresses', value)),
  ]
}

const keyOf = (property: string, value: unknown) =>
  typeof value === 'string' && value !== '' ? [`${property}:${value.toLowerCase().replace(/^smtp:/, '')}`] : []

/** @throws GraphFailure 400 ObjectConflict naming the first property that somebody else holds */
export function refuseConflicts(tenant: Tenant, props: Json, ownId?: string): void {
  for (const key of claimsOf(props)) {
    const holder = tenant.claims.get(key)
    if (holder !== undefined && holder !== ownId) throw conflict(key.slice(0, key.indexOf(':')))
  }
}

export function claim(tenant: Tenant, object: { id: string; props: Json }): void {
  for (const key of claimsOf(object.props)) tenant.claims.set(key, object.id)
}

export function release(tenant: Tenant, object: { id: string; props: Json }): void {
  for (const key of claimsOf(object.props)) if (tenant.claims.get(key) === object.id) tenant.claims.delete(key)
}
