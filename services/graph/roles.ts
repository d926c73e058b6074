import type { Call } from './call.ts'
import { ADVANCED, all, first } from './pages.ts'
import { path, quote } from './path.ts'
import { isUser } from './relations.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type User } from './user.ts'

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

const people = { $select: USER_FIELDS.join(',') }

export function createRoles(transport: Transport): Roles {
  return {
    of: (userId, call) => {
      const from = path`/users/${userId}/transitiveMemberOf/microsoft.graph.directoryRole`
      const query = { $select: 'id,displayName,roleTemplateId', $count: 'true' }
      return all<DirectoryRole>(transport, { path: from, query, headers: ADVANCED, call })
    },
    members: async (roleTemplateId, call) => {
      const query = { $filter: `roleTemplateId eq ${quote(roleTemplateId)}`, $select: 'id' }
      const [role] = await first<{ id: string }>(transport, { path: path`/directoryRoles`, query, call })
      if (!role) return []
      const members = path`/directoryRoles/${role.id}/members`
      return (await all<User>(transport, { path: members, query: people, call })).filter((member) => isUser(member))
    },
  }
}
