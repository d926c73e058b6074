import type { Json } from './http.ts'

/** A licence that the user holds directly. */
export interface DirectLicence {
  disabledPlans: string[]
  at: string
}

/** A licence that a group hands down; `error` is `None` when it took, else e.g. `CountViolation`. */
export interface InheritedLicence extends DirectLicence {
  groupId: string
  skuId: string
  error: string
}

export interface AuthMethod extends Json {
  id: string
  '@odata.type': string
}

export interface Tap {
  id: string
  /** Only a hash is kept: the value leaves once, in the answer to its creation. */
  hash: string
  createdAt: number
  startsAt: number
  minutes: number
  once: boolean
  usedAt?: number
}

export interface UserRecord {
  id: string
  props: Json
  managerId?: string
  direct: Map<string, DirectLicence>
  inherited: InheritedLicence[]
  passwordHash: string
  mustChangePassword?: boolean
  methods: AuthMethod[]
  taps: Tap[]
  mailbox: Json
  /** Epoch ms from which reads can see it: creation plus the replication delay. */
  visibleAt: number
  deletedAt?: number
  /** What a restore gives back. */
  remembered?: { memberOf: string[]; ownerOf: string[]; reports: string[] }
}

export interface GroupRecord {
  id: string
  props: Json
  members: Set<string>
  owners: Set<string>
  /** skuId → disabled plans */
  licences: Map<string, string[]>
  visibleAt: number
  deletedAt?: number
}

export interface RoleRecord extends Json {
  id: string
  displayName: string
  description: string
  roleTemplateId: string
  members: Set<string>
}

export interface DeviceRecord extends Json {
  id: string
  ownerId: string
}

export interface DomainRecord extends Json {
  id: string
  isVerified: boolean
  authenticationType: 'Managed' | 'Federated'
}

export interface SkuRecord {
  id: string
  skuId: string
  skuPartNumber: string
  enabled: number
  suspended: number
  capabilityStatus: string
  plans: { servicePlanId: string; servicePlanName: string }[]
  /** User ids that hold a seat. */
  holders: Set<string>
}

export interface TapPolicy {
  enabled: boolean
  defaultLength: number
  defaultLifetimeInMinutes: number
  minimumLifetimeInMinutes: number
  maximumLifetimeInMinutes: number
  isUsableOnce: boolean
}

/** One entry of the change journal, in the order of `seq`; re-entered at the end whenever the object changes. */
export interface Change {
  seq: number
  removed?: 'changed' | 'deleted'
  /** property → seq of its latest change */
  fields: Map<string, number>
  /** member id → its latest coming or going (groups only) */
  members: Map<string, { seq: number; removed: boolean }>
}

export interface Settings {
  replicationDelayMs: number
  throttle: boolean
  appRoles: string[]
  latencyMs: number
}

export interface SentMail {
  from: string
  message: Json
  saveToSentItems: boolean
  at: string
}

export interface WriteEntry {
  method: string
  path: string
  clientRequestId: string
  at: string
  status: number
}

export interface Tenant {
  now: () => number
  id: string
  /** Changes with every reset, so that links and tokens from before are recognised as stale. */
  epoch: string
  users: Map<string, UserRecord>
  groups: Map<string, GroupRecord>
  deletedUsers: Map<string, UserRecord>
  deletedGroups: Map<string, GroupRecord>
  /** `property:value` in lower case → id of the object that owns it. */
  claims: Map<string, string>
  roles: Map<string, RoleRecord>
  devices: Map<string, DeviceRecord>
  domains: DomainRecord[]
  skus: SkuRecord[]
  organization: Json & { id: string }
  grants: (Json & { id: string; principalId: string })[]
  appRoleAssignments: (Json & { id: string; principalId: string })[]
  audits: (Json & { id: string })[]
  tapPolicy: TapPolicy
  settings: Settings
  mail: SentMail[]
  writes: WriteEntry[]
  journal: { seq: number; users: Map<string, Change>; groups: Map<string, Change> }
  /** Frozen result lists behind $skiptoken, oldest first. */
  pages: Map<string, string[]>
}
