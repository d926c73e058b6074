import type { Json } from '../http.ts'
import { settleLicences, findSku } from '../rules/licensing.ts'
import { changed } from '../rules/journal.ts'
import { settleDynamicGroup } from '../rules/membership.ts'
import type { GroupRecord, Tenant } from '../state.ts'
import { GROUPS, type SeedGroup } from './groups.ts'
import { ids } from './ids.ts'

const KEYS: Record<string, string> = { ...ids.everyone }
const GROUP_KEYS: Record<string, string> = ids.groups

export function admitGroups(tenant: Tenant): void {
  for (const seed of GROUPS) {
    const group: GroupRecord = {
      id: ids.groups[seed.key],
      props: propsOf(seed),
      members: new Set(seed.members.flatMap((name) => memberIds(tenant, name))),
      owners: new Set(seed.owners.flatMap((name) => memberIds(tenant, name))),
      licences: new Map(),
      visibleAt: 0,
    }
    if (seed.licence !== undefined) group.licences.set(findSku(tenant, ids.skus[seed.licence]).skuId, [])
    tenant.groups.set(group.id, group)
    if (group.props['mail'] !== undefined) tenant.claims.set(`mailNickname:${seed.nickname.toLowerCase()}`, group.id)
    changed(tenant, 'groups', { id: group.id, fields: Object.keys(group.props) })
    if (seed.kind === 'dynamic') settleDynamicGroup(tenant, group)
    for (const user of [...group.members].flatMap((id) => tenant.users.get(id) ?? [])) {
      if (group.licences.size > 0) settleLicences(tenant, user)
    }
  }
}

function memberIds(tenant: Tenant, name: string): string[] {
  const department = /^department:(.+)$/.exec(name)?.[1]
  if (department !== undefined) {
    return [...tenant.users.values()].filter(({ props }) => props['department'] === department).map(({ id }) => id)
  }
  const groupKey = /^group:(.+)$/.exec(name)?.[1]
  const id = groupKey === undefined ? KEYS[name] : GROUP_KEYS[groupKey]
  return id === undefined ? [] : [id]
}

function propsOf({ kind, displayName, description, nickname, props }: SeedGroup): Json {
  const mailEnabled = kind === 'microsoft365' || kind === 'distribution' || kind === 'mail-security'
  const address = `${nickname}@contoso.com`
  return {
    displayName,
    description,
    mailNickname: nickname,
    mailEnabled,
    securityEnabled: kind === 'security' || kind === 'mail-security' || kind === 'dynamic',
    groupTypes: kind === 'microsoft365' ? ['Unified'] : kind === 'dynamic' ? ['DynamicMembership'] : [],
    createdDateTime: '2024-01-10T08:00:00Z',
    ...(mailEnabled ? { mail: address, proxyAddresses: [`SMTP:${address}`] } : {}),
    ...(kind === 'microsoft365' ? { visibility: 'Private' } : {}),
    ...props,
  }
}
