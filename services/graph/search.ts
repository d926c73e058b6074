import type { Call } from './call.ts'
import { GROUP_FIELDS, type Group } from './group.ts'
import { ADVANCED, first } from './pages.ts'
import { path, quote, searchClause, type Path } from './path.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type User } from './user.ts'

interface Search {
  text: string
  limit?: number
  call?: Call
}

interface Place {
  path: Path
  select: readonly string[]
  /** Compared from their start. */
  starts: string[]
  /** Looked through word by word. */
  words: string[]
}

const USERS: Place = {
  path: path`/users`,
  select: USER_FIELDS,
  starts: ['displayName', 'givenName', 'surname', 'userPrincipalName', 'mail'],
  words: ['displayName', 'mail', 'userPrincipalName'],
}

const GROUPS: Place = {
  path: path`/groups`,
  select: GROUP_FIELDS,
  starts: ['displayName', 'mail'],
  words: ['displayName'],
}

export const searchUsers = (transport: Transport, search: Search) => look<User>(transport, USERS, search)
export const searchGroups = (transport: Transport, search: Search) => look<Group>(transport, GROUPS, search)

/**
 * `$filter` first: it sees new objects at once and takes every character. `$search` finds words inside a name, but
 * reads an index that lags and drops punctuation (learn: graph/aad-advanced-queries).
 */
async function look<T extends { displayName: string }>(
  transport: Transport,
  place: Place,
  { text, limit = 25, call }: Search,
): Promise<T[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  const query = { $select: place.select.join(','), $top: Math.min(Math.max(1, limit), 999) }
  const $filter = place.starts.map((property) => `startswith(${property},${quote(wanted)})`).join(' or ')
  const starting = await first<T>(transport, { path: place.path, query: { ...query, $filter }, call })
  if (starting.length > 0) return byName(starting)
  const $search = place.words.map((property) => searchClause(property, wanted)).join(' OR ')
  return byName(await first<T>(transport, { path: place.path, query: { ...query, $search }, headers: ADVANCED, call }))
}

function byName<T extends { displayName: string }>(found: T[]): T[] {
  return found.toSorted((a, b) => a.displayName.localeCompare(b.displayName))
}
