import type { Call } from './call.ts'
import type { User } from './user.ts'

export interface DirectoryRole {
  id: string
  displayName: string
  /** The same in every tenant, unlike `id`. */
  roleTemplateId: string
}

export interface Roles {
  /** The directory roles that a user holds now, also through groups. Eligible but inactive (PIM) roles are not in here. */
  of(userId: string, call?: Call): Promise<DirectoryRole[]>
  /** The users who hold a role; none when the role was never activated in this tenant. */
  members(roleTemplateId: string, call?: Call): Promise<User[]>
}
