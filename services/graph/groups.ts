import type { Call } from './call.ts'
import { GraphRefused } from './errors.ts'
import { GROUP_FIELDS, type Group } from './group.ts'
import { all, found, items } from './pages.ts'
import { path, quote, type Path } from './path.ts'
import { isUser, unlessMissing } from './relations.ts'
import { searchGroups } from './search.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type User } from './user.ts'

/** All reject with GraphRefused or GraphUnreachable. Ids are object ids. */
export interface Groups {
  get(id: string, call?: Call): Promise<Group | undefined>
  list(options?: { filter?: string }, call?: Call): AsyncIterable<Group>
  /** By the start of the name or mail address; if none, by words inside the name. Limit 25 unless told. */
  search(text: string, options?: { limit?: number }, call?: Call): Promise<Group[]>
  /** Exactly this name, as Graph compares (without case). Names are not unique. */
  findByName(displayName: string, call?: Call): Promise<Group[]>
  /** Direct members that are users. */
  members(id: string, call?: Call): AsyncIterable<User>
  /** Which of the groups the user is in, directly or through other groups. */
  isMember(groupIds: string[], userId: string, call?: Call): Promise<string[]>
  /** Being a member already is not an error. */
  addMember(groupId: string, userId: string, call?: Call): Promise<void>
  /** One write for up to 20, all or nothing: a user who is already a member fails the twenty, so ask first. */
  addMembers(groupId: string, userIds: string[], call?: Call): Promise<void>
  /** Not being a member is not an error. */
  removeMember(groupId: string, userId: string, call?: Call): Promise<void>
  owners(id: string, call?: Call): Promise<User[]>
  addOwner(groupId: string, userId: string, call?: Call): Promise<void>
  removeOwner(groupId: string, userId: string, call?: Call): Promise<void>
}

/** Most ids that checkMemberGroups and `members@odata.bind` take in one request. */
const AT_ONCE = 20
const SELECT = GROUP_FIELDS.join(',')
const people = { $select: USER_FIELDS.join(','), $top: 999 }

export function createGroups(transport: Transport): Groups {
  const { send } = transport
  return {
    get: (id, call) =>
      found(send<Group>({ method: 'GET', path: path`/groups/${id}`, query: { $select: SELECT }, call })),
    list: ({ filter } = {}, call) =>
      items<Group>(transport, { path: path`/groups`, query: { $select: SELECT, $filter: filter, $top: 999 }, call }),
    search: (text, { limit } = {}, call) => searchGroups(transport, { text, limit, call }),
    findByName: (displayName, call) => {
      const query = { $select: SELECT, $filter: `displayName eq ${quote(displayName)}` }
      return all<Group>(transport, { path: path`/groups`, query, call })
    },
    members: (id, call) => usersOf(transport, path`/groups/${id}/members`, call),
    isMember: async (groupIds, userId, call) => {
      const memberships: string[] = []
      for (const chunk of chunks(groupIds)) {
        const body = { groupIds: chunk }
        const to = path`/users/${userId}/checkMemberGroups`
        const answer = await send<{ value: string[] }>({ method: 'POST', path: to, body, asks: true, call })
        memberships.push(...answer.value)
      }
      return memberships
    },
    addMember: (groupId, userId, call) => {
      const isThere = () => has(transport, { path: path`/users/${userId}/memberOf`, call }, groupId)
      return connect(transport, { to: path`/groups/${groupId}/members/$ref`, userId, isThere, call })
    },
    addMembers: async (groupId, userIds, call) => {
      for (const chunk of chunks(userIds)) {
        const references = chunk.map((id) => transport.reference(path`/directoryObjects/${id}`))
        const body = { 'members@odata.bind': references }
        await send({ method: 'PATCH', path: path`/groups/${groupId}`, body, call })
      }
    },
    removeMember: (groupId, userId, call) =>
      send<void>({ method: 'DELETE', path: path`/groups/${groupId}/members/${userId}/$ref`, call }).catch(
        unlessMissing,
      ),
    owners: async (id, call) => {
      const owners = await all<User>(transport, { path: path`/groups/${id}/owners`, query: people, call })
      return owners.filter((owner) => isUser(owner))
    },
    addOwner: (groupId, userId, call) => {
      const isThere = () => has(transport, { path: path`/groups/${groupId}/owners`, call }, userId)
      return connect(transport, { to: path`/groups/${groupId}/owners/$ref`, userId, isThere, call })
    },
    removeOwner: (groupId, userId, call) =>
      send<void>({ method: 'DELETE', path: path`/groups/${groupId}/owners/${userId}/$ref`, call }).catch(unlessMissing),
  }
}

async function* usersOf(transport: Transport, collection: Path, call?: Call): AsyncGenerator<User> {
  for await (const object of items<User>(transport, { path: collection, query: people, call })) {
    if (isUser(object)) yield object
  }
}

interface Connection {
  /** Where the reference goes. */
  to: Path
  userId: string
  isThere: () => Promise<boolean>
  call?: Call
}

/**
 * "Already there" is a 400 like many others, told apart only by its message. So a 400 is answered by looking: who is
 * there needs no adding. That makes the POST repeatable too.
 */
async function connect(transport: Transport, { to, userId, isThere, call }: Connection): Promise<void> {
  const body = { '@odata.id': transport.reference(path`/directoryObjects/${userId}`) }
  try {
    await transport.send({ method: 'POST', path: to, body, repeatable: true, call })
  } catch (error) {
    if (!(error instanceof GraphRefused) || error.status !== 400 || !(await isThere())) throw error
  }
}

async function has(transport: Transport, read: { path: Path; call?: Call }, wanted: string): Promise<boolean> {
  for await (const { id } of items<{ id: string }>(transport, { ...read, query: { $select: 'id', $top: 999 } })) {
    if (id === wanted) return true
  }
  return false
}

function chunks(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, index) =>
    ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
}
