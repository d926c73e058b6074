import type { Call } from './call.ts'
import { all, found } from './pages.ts'
import { path } from './path.ts'
import { isUser } from './relations.ts'
import type { Transport } from './transport.ts'

export interface DeletedUser {
  id: string
  displayName: string
  /** As it was: Graph puts the object id in front of the UPN of a deleted user, we take it off. */
  userPrincipalName: string
  /** ISO 8601; restorable for 30 days from here. */
  deletedDateTime: string | null
}

export interface DeletedUsers {
  get(id: string, call?: Call): Promise<DeletedUser | undefined>
  /** All who were deleted with this UPN, newest first. Reads the whole bin. */
  findByUpn(userPrincipalName: string, call?: Call): Promise<DeletedUser[]>
  /** @throws GraphRefused with a conflict when somebody else has the UPN now. */
  restore(id: string, call?: Call): Promise<void>
  /** For good; there is no way back. */
  remove(id: string, call?: Call): Promise<void>
}

const query = { $select: 'id,displayName,userPrincipalName,deletedDateTime' }

export function createDeletedUsers(transport: Transport): DeletedUsers {
  const { send } = transport
  return {
    get: async (id, call) => {
      const item = path`/directory/deletedItems/${id}`
      const user = await found(send<DeletedUser>({ method: 'GET', path: item, query, call }))
      return user && isUser(user) ? asItWas(user) : undefined
    },
    findByUpn: async (userPrincipalName, call) => {
      const bin = path`/directory/deletedItems/microsoft.graph.user`
      const users = (await all<DeletedUser>(transport, { path: bin, query: { ...query, $top: 999 }, call })).map(
        asItWas,
      )
      const wanted = userPrincipalName.toLowerCase()
      return users
        .filter((user) => user.userPrincipalName.toLowerCase() === wanted)
        .toSorted((a, b) => (b.deletedDateTime ?? '').localeCompare(a.deletedDateTime ?? ''))
    },
    restore: async (id, call) => {
      await send({ method: 'POST', path: path`/directory/deletedItems/${id}/restore`, call })
    },
    remove: (id, call) => send({ method: 'DELETE', path: path`/directory/deletedItems/${id}`, call }),
  }
}

function asItWas({ id, displayName, userPrincipalName, deletedDateTime }: DeletedUser): DeletedUser {
  const prefix = id.replaceAll('-', '').toLowerCase()
  const upn = userPrincipalName.toLowerCase().startsWith(prefix)
    ? userPrincipalName.slice(prefix.length)
    : userPrincipalName
  return { id, displayName, userPrincipalName: upn, deletedDateTime }
}
