import type { Authentication } from './authentication.ts'
import type { BatchOutcome, BatchRequest } from './batch.ts'
import type { Call } from './call.ts'
import type { DeletedUsers } from './deletedUsers.ts'
import type { Devices } from './devices.ts'
import type { Domains } from './domains.ts'
import type { Groups } from './groups.ts'
import type { Mail } from './mail.ts'
import type { Organization } from './organization.ts'
import type { Roles } from './roles.ts'
import type { Skus } from './skus.ts'
import type { Users } from './users.ts'

export { type Call } from './call.ts'
export * from './errors.ts'
export { path, quote, type Path, type Query } from './path.ts'
export * from './user.ts'
export * from './group.ts'
export type * from './users.ts'
export type * from './groups.ts'
export type * from './skus.ts'
export type * from './domains.ts'
export type * from './authentication.ts'
export type * from './mail.ts'
export type * from './roles.ts'
export type * from './deletedUsers.ts'
export type * from './devices.ts'
export type * from './organization.ts'
export type * from './batch.ts'

export interface GraphOptions {
  /** Origin without version, e.g. `https://graph.microsoft.com`; a trailing `/v1.0` or `/` is tolerated. */
  baseUrl: string
  /** A bearer token; called for every request, so let it cache (MSAL does). */
  token: () => Promise<string>
  /** Our own share of the write limit. Default 20 a second after a burst of 2,500 (learn: graph/throttling-limits). */
  pace?: { writesPerSecond: number; burst: number }
  sleep?: (ms: number) => Promise<void>
  /** One attempt, in milliseconds. Default 30,000. */
  timeoutMs?: number
  /** For logs and metrics; called once an attempt. Never carries bodies, tokens or what people typed. */
  onRequest?: (event: RequestEvent) => void
}

export interface RequestEvent {
  method: string
  /** A template: `/users/{id}`. */
  path: string
  /** Undefined when no answer came. */
  status: number | undefined
  ms: number
  clientRequestId: string
  /** From 1. */
  attempt: number
}

export interface Graph {
  users: Users
  groups: Groups
  skus: Skus
  domains: Domains
  authentication: Authentication
  mail: Mail
  roles: Roles
  deletedUsers: DeletedUsers
  devices: Devices
  organization: Organization
  /** Sends independent GETs in `$batch`es of 20; one outcome a request, in their order. Throttled ones are asked again. */
  batch(requests: BatchRequest[], call?: Call): Promise<BatchOutcome[]>
  /** Resolves when Graph answers us. */
  ping(): Promise<void>
}

export function createGraph(_options: GraphOptions): Graph {
  throw new Error('Not built yet.')
}
