import { isNotFound } from './errors.ts'
import { GROUP_FIELDS, type GroupOrRole } from './group.ts'
import { all, found } from './pages.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type User } from './user.ts'
import type { OwnedObject, Users } from './users.ts'

type Relations = Pick<Users, 'manager' | 'setManager' | 'removeManager' | 'directReports' | 'memberOf' | 'ownedObjects'>

const people = { $select: USER_FIELDS.join(',') }
const groups = { $select: [...GROUP_FIELDS, 'roleTemplateId'].join(','), $top: 999 }

/** Who and what a user is connected with. */
export function createRelations(transport: Transport): Relations {
  const { send } = transport
  return {
    manager: (id, call) => found(send<User>({ method: 'GET', path: path`/users/${id}/manager`, query: people, call })),
    setManager: (id, managerId, call) => {
      const body = { '@odata.id': transport.reference(path`/users/${managerId}`) }
      return send({ method: 'PUT', path: path`/users/${id}/manager/$ref`, body, call })
    },
    removeManager: (id, call) =>
      send<void>({ method: 'DELETE', path: path`/users/${id}/manager/$ref`, call }).catch(unlessMissing),
    directReports: async (id, call) => {
      const query = { ...people, $top: 999 }
      const reports = await all<User>(transport, { path: path`/users/${id}/directReports`, query, call })
      return reports.filter((report) => isUser(report))
    },
    memberOf: (id, call) => all<GroupOrRole>(transport, { path: path`/users/${id}/memberOf`, query: groups, call }),
    ownedObjects: (id, call) => {
      const query = { $select: 'id,displayName', $top: 999 }
      return all<OwnedObject>(transport, { path: path`/users/${id}/ownedObjects`, query, call })
    },
  }
}

/** Contacts can report to people, and devices be members: what carries no type is a user. */
export function isUser(object: User | { id: string }): boolean {
  return !('@odata.type' in object) || object['@odata.type'] === '#microsoft.graph.user'
}

/** For removals: gone already is as good as removed. */
export function unlessMissing(error: unknown): void {
  if (!isNotFound(error)) throw error
}
