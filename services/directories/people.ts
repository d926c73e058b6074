import type { Graph, User } from '../graph/index.ts'
import type { Person } from '../requests/request.ts'
import { isObjectId } from './objectId.ts'

/** What came of looking for somebody by what was typed. Never a guess: more than one means that the asker picks. */
export type Found =
  | { is: 'one'; person: Person; user: User }
  | { is: 'many'; people: Person[] }
  | { is: 'disabled'; person: Person }
  | { is: 'none' }

export const toPerson = (user: User): Person => ({
  id: user.id,
  name: user.displayName,
  userPrincipalName: user.userPrincipalName,
})

/** Finds a member of staff by object id, user name, or the start of a name. */
export async function findPerson(graph: Graph, text: string): Promise<Found> {
  const wanted = text.trim()
  if (!isLookedFor(wanted)) return { is: 'none' }
  const users = await candidates(graph, wanted)
  const members = users.filter((user) => user.userType !== 'Guest')
  const enabled = members.filter((user) => user.accountEnabled !== false)
  const [first] = enabled
  if (first && enabled.length === 1) return { is: 'one', person: toPerson(first), user: first }
  if (first) return { is: 'many', people: enabled.map(toPerson) }
  const [disabled] = members
  return disabled ? { is: 'disabled', person: toPerson(disabled) } : { is: 'none' }
}

/** Every account that fits: also guests and disabled ones. */
export const findAccounts = async (graph: Graph, text: string): Promise<User[]> =>
  isLookedFor(text.trim()) ? candidates(graph, text.trim()) : []

/** The longest name or user name there can be: a longer one finds nobody, and would not fit into an address of Graph. */
const LONGEST = 256

/** Without a letter or digit in it, a search finds whoever comes first. */
const isLookedFor = (wanted: string): boolean => wanted.length <= LONGEST && /[\p{L}\p{N}]/u.test(wanted)

async function candidates(graph: Graph, wanted: string): Promise<User[]> {
  if (isObjectId(wanted) || wanted.includes('@')) {
    const user = await graph.users.get(wanted)
    return user ? [user] : []
  }
  const users = await graph.users.search(wanted, { limit: 10 })
  const exact = users.filter((user) => isExactly(user, wanted.toLowerCase()))
  return exact.length > 0 ? exact : users
}

/** "megan bowen" and "meganb" mean one person even where "Megan Bowenstein" exists too. */
const isExactly = (user: User, wanted: string): boolean =>
  user.displayName.toLowerCase() === wanted || user.userPrincipalName.toLowerCase().split('@')[0] === wanted
