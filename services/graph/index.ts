import { createAuthentication, type Authentication } from './authentication.ts'
import { createBatch, type BatchOutcome, type BatchRequest } from './batch.ts'
import type { Call } from './call.ts'
import { createDeletedUsers, type DeletedUsers } from './deletedUsers.ts'
import { createDevices, type Devices } from './devices.ts'
import { createDomains, type Domains } from './domains.ts'
import { createGroups, type Groups } from './groups.ts'
import { createMail, type Mail } from './mail.ts'
import type { GraphOptions } from './options.ts'
import { createOrganization, type Organization } from './organization.ts'
import { createRoles, type Roles } from './roles.ts'
import { createSkus, type Skus } from './skus.ts'
import { createTransport } from './transport.ts'
import { createUsers, type Users } from './users.ts'

export { type Call } from './call.ts'
export { certificate, createMsalToken, sandboxToken, type TokenOptions } from './auth.ts'
export * from './errors.ts'
export type * from './options.ts'
export { path, quote, type Path, type Query } from './path.ts'
export * from './user.ts'
export * from './group.ts'
export type * from './users.ts'
export type * from './groups.ts'
export type * from './skus.ts'
export type * from './domains.ts'
export type * from './authentication.ts'
export {
  isRemovable,
  type AuthenticationMethod,
  type MethodKind,
  type RemovableKind,
  type RemovableMethod,
} from './methodKinds.ts'
export type * from './mail.ts'
export type * from './roles.ts'
export type * from './deletedUsers.ts'
export type * from './devices.ts'
export type * from './organization.ts'
export type * from './batch.ts'

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
  /** Resolves when Graph answers us. Asks once: whoever asks "are you ready?" wants to know now. */
  ping(): Promise<void>
}

export function createGraph(options: GraphOptions): Graph {
  const transport = createTransport(options)
  const organization = createOrganization(transport)
  return {
    users: createUsers(transport),
    groups: createGroups(transport),
    skus: createSkus(transport),
    domains: createDomains(transport),
    authentication: createAuthentication(transport),
    mail: createMail(transport),
    roles: createRoles(transport),
    deletedUsers: createDeletedUsers(transport),
    devices: createDevices(transport),
    organization,
    batch: createBatch(transport),
    ping: () => organization.ping(),
  }
}
