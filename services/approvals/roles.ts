import type { Clock } from '../clock.ts'
import { toPerson } from '../directories/people.ts'
import type { Graph } from '../graph/index.ts'
import type { Person } from '../requests/request.ts'
import type { Policy, Role } from './policy.ts'
import { isObjectId } from '../directories/objectId.ts'

/** Who holds which role: membership (direct or nested) of the Entra groups that the policy names. */
export interface Roles {
  /** Remembered for a minute, so that a turn stays quick; a person thrown out of a group loses the role within it. */
  of(personId: string): Promise<ReadonlySet<Role>>
  /** As it is right now: for decisions, which no memory may make. */
  holds(personId: string, role: Role): Promise<boolean>
  isIn(personId: string, group: string): Promise<boolean>
  /** Everyone with the role, and everyone in a group: direct members, enabled or not. */
  members(role: Role): Promise<(Person & { enabled: boolean })[]>
  membersOf(group: string): Promise<(Person & { enabled: boolean })[]>
}

const FRESH_MS = 60_000
const ROLES: readonly Role[] = ['helpdesk', 'approver', 'admin']

export function createRoles({ graph, policy, clock }: { graph: Graph; policy: Policy; clock: Clock }): Roles {
  const groupIds = new Map<string, Promise<string>>()
  const remembered = new Map<string, { at: number; roles: Promise<ReadonlySet<Role>> }>()

  const groupId = (named: string): Promise<string> => {
    if (isObjectId(named)) return Promise.resolve(named)
    const known = groupIds.get(named)
    if (known) return known
    const found = resolveGroup(graph, named)
    groupIds.set(named, found)
    found.catch(() => groupIds.delete(named))
    return found
  }

  const read = async (personId: string): Promise<ReadonlySet<Role>> => {
    const named = await Promise.all(
      ROLES.flatMap((role) => policy.roles[role].map(async (group) => ({ role, id: await groupId(group) }))),
    )
    const held = new Set(await graph.groups.isMember([...new Set(named.map((n) => n.id))], personId))
    return new Set(named.filter((n) => held.has(n.id)).map((n) => n.role))
  }

  const membersOf: Roles['membersOf'] = async (group) => {
    const people: (Person & { enabled: boolean })[] = []
    for await (const user of graph.groups.members(await groupId(group))) {
      people.push({ ...toPerson(user), enabled: user.accountEnabled === true })
    }
    return people
  }

  const isInOneOf = async (personId: string, groups: readonly string[]): Promise<boolean> =>
    (await graph.groups.isMember(await Promise.all(groups.map(groupId)), personId)).length > 0

  return {
    membersOf,
    holds: (personId, role) => isInOneOf(personId, policy.roles[role]),
    isIn: (personId, group) => isInOneOf(personId, [group]),
    of(personId) {
      const now = clock.now().getTime()
      const last = remembered.get(personId)
      if (last && now - last.at < FRESH_MS) return last.roles
      const roles = read(personId)
      remembered.set(personId, { at: now, roles })
      roles.catch(() => remembered.delete(personId))
      return roles
    },
    async members(role) {
      const people = (await Promise.all(policy.roles[role].map(membersOf))).flat()
      return [...new Map(people.map((p) => [p.id, p])).values()]
    },
  }
}

/** @throws Error when the name fits none or several: several means that somebody may have made a look-alike. */
async function resolveGroup(graph: Graph, named: string): Promise<string> {
  const [group, ...others] = await graph.groups.findByName(named)
  if (!group || others.length > 0) {
    throw new Error(
      `The policy names the group "${named}", and ${group ? 'several groups have' : 'no group has'} that name. Give its object id instead.`,
    )
  }
  return group.id
}
