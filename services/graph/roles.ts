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
  /** The users who hold a role, also through a group; none when the role was never activated in this tenant. */
  members(roleTemplateId: string, call?: Call): Promise<User[]>
}

/** People, groups and applications hold roles. */
type Holder = User & { '@odata.type'?: string }

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
      const holders = path`/directoryRoles/${role.id}/members`
      const members = await all<Holder>(transport, { path: holders, query: people, call })
      // A group that can be given a role holds no other groups, so its direct members are all.
      const inGroups = await Promise.all(
        members
          .filter((m) => m['@odata.type'] === '#microsoft.graph.group')
          .map(({ id }) => all<User>(transport, { path: path`/groups/${id}/members`, query: people, call })),
      )
      const users = [...members, ...inGroups.flat()].filter((member) => isUser(member))
      return [...new Map(users.map((user) => [user.id, user])).values()]
    },
  }
}
