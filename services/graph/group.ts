export const GROUP_FIELDS = [
  'id',
  'displayName',
  'description',
  'mail',
  'mailEnabled',
  'securityEnabled',
  'groupTypes',
  'membershipRule',
  'isAssignableToRole',
  'onPremisesSyncEnabled',
  'assignedLicenses',
] as const

export interface Group {
  id: string
  displayName: string
  description: string | null
  mail: string | null
  mailEnabled: boolean
  securityEnabled: boolean
  groupTypes: string[]
  membershipRule: string | null
  isAssignableToRole: boolean | null
  onPremisesSyncEnabled: boolean | null
  assignedLicenses: { skuId: string }[]
}

export type GroupKind = 'microsoft365' | 'security' | 'mail-enabled-security' | 'distribution' | 'dynamic'

/** @see learn: graph/api/resources/groups-overview, the table of group kinds */
export function groupKind(group: Pick<Group, 'groupTypes' | 'mailEnabled' | 'securityEnabled'>): GroupKind {
  if (group.groupTypes.includes('DynamicMembership')) return 'dynamic'
  if (group.groupTypes.includes('Unified')) return 'microsoft365'
  if (!group.mailEnabled) return 'security'
  return group.securityEnabled ? 'mail-enabled-security' : 'distribution'
}

/** May Latchkey add and remove members? Groups that can be given roles need a permission we do not ask for. */
export function isWritable(group: Group): boolean {
  if (group.onPremisesSyncEnabled || group.isAssignableToRole) return false
  const kind = groupKind(group)
  return kind === 'microsoft365' || kind === 'security'
}

/** What a user is a member of: `'@odata.type'` tells which; the other properties of a group come with groups. */
export interface GroupOrRole extends Partial<Group> {
  '@odata.type': string
  id: string
  displayName: string
  /** Directory roles only. */
  roleTemplateId?: string
}

export function isGroup(object: { '@odata.type': string }): object is Group & GroupOrRole {
  return object['@odata.type'] === '#microsoft.graph.group'
}

export function isRole(object: { '@odata.type': string }): boolean {
  return object['@odata.type'] === '#microsoft.graph.directoryRole'
}
