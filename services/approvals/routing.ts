import { findPerson } from '../directories/people.ts'
import type { Graph } from '../graph/index.ts'
import type { Approver, PassedOver, Person, Stage, Subject } from '../requests/request.ts'
import type { Role, StagePolicy, Who } from './policy.ts'
import type { Roles } from './roles.ts'

export interface RoutingDeps {
  graph: Graph
  roles: Roles
}

/** Whose request it is and whom it is about: neither may decide on it. */
export interface Parties {
  requester: Person
  subject: Subject
  /** Entra object id of the person that the policy's word "manager" means, if there is one. */
  managerId?: string | undefined
}

type Candidate = Omit<Approver, 'reached'> & { enabled: boolean }

/** Turns the policy's words into people: `who` first; where too few of them can be asked, `fallback` as well. */
export async function routeStage(deps: RoutingDeps, policy: StagePolicy, parties: Parties): Promise<Stage> {
  const passedOver: PassedOver[] = []
  const approvers = await route(deps, { who: policy.who, parties, passedOver })
  if (approvers.length < policy.approvals) {
    const more = await route(deps, { who: policy.fallback, parties, passedOver, fallback: true })
    approvers.push(...more.filter((m) => !approvers.some((a) => a.id === m.id)))
  }
  return { name: policy.name, approvers, passedOver, needed: policy.approvals, decisions: [] }
}

/** The fallback of a stage whose approvers turned out not to be reachable. */
export function routeFallback(deps: RoutingDeps, policy: StagePolicy, parties: Parties): Promise<Approver[]> {
  return route(deps, { who: policy.fallback, parties, passedOver: [], fallback: true })
}

/**
 * Would this approver be asked right now? Two small questions to Graph, side by side: is the account enabled, and is the
 * person still in the group that made them an approver.
 */
export async function isStillAsked(deps: RoutingDeps, policy: StagePolicy, approver: Approver): Promise<boolean> {
  const who = approver.via === 'fallback' ? policy.fallback : policy.who
  const [user, asked] = await Promise.all([
    deps.graph.users.get(approver.id),
    Promise.all(who.map((one) => isNamedBy(deps, one, approver))),
  ])
  return user?.accountEnabled === true && asked.some(Boolean)
}

async function isNamedBy(deps: RoutingDeps, who: Who, approver: Approver): Promise<boolean> {
  if (who === 'manager') return approver.via === 'manager' || approver.via === 'fallback'
  const [kind, name] = split(who)
  switch (kind) {
    case 'role':
      return deps.roles.holds(approver.id, name as Role)
    case 'group':
      return deps.roles.isIn(approver.id, name)
    case 'person':
      return approver.via === 'person' || approver.via === 'fallback'
  }
}

interface Routing {
  who: Who[]
  parties: Parties
  passedOver: PassedOver[]
  fallback?: boolean
}

async function route(deps: RoutingDeps, routing: Routing): Promise<Approver[]> {
  const { parties, passedOver } = routing
  const candidates = (await Promise.all(routing.who.map((w) => people(deps, w, routing)))).flat()
  const approvers = new Map<string, Approver>()
  for (const { enabled, ...approver } of candidates) {
    const why = reasonAgainst({ id: approver.id, enabled }, parties)
    if (why) passedOver.push({ name: approver.name, why })
    else approvers.set(approver.id, routing.fallback ? { ...approver, via: 'fallback' } : approver)
  }
  return [...approvers.values()]
}

/** Self-approval is ruled out before anything else could allow it. */
function reasonAgainst(person: { id: string; enabled: boolean }, parties: Parties): PassedOver['why'] | undefined {
  if (person.id === parties.requester.id) return 'is_requester'
  if (person.id === parties.subject.id) return 'is_subject'
  return person.enabled ? undefined : 'disabled'
}

async function people(deps: RoutingDeps, who: Who, routing: Routing): Promise<Candidate[]> {
  if (who === 'manager') return manager(deps, routing)
  const [kind, name] = split(who)
  switch (kind) {
    case 'role':
      return (await deps.roles.members(name as 'approver')).map((p) => ({ ...p, via: 'role' }))
    case 'group':
      return (await deps.roles.membersOf(name)).map((p) => ({ ...p, via: 'group' }))
    case 'person': {
      const found = await findPerson(deps.graph, name)
      if (found.is === 'one') return [{ ...found.person, via: 'person', enabled: true }]
      routing.passedOver.push({ name, why: found.is === 'disabled' ? 'disabled' : 'not_found' })
      return []
    }
  }
}

async function manager(deps: RoutingDeps, { parties, passedOver }: Routing): Promise<Candidate[]> {
  const user = parties.managerId ? await deps.graph.users.get(parties.managerId) : undefined
  if (!user) {
    passedOver.push({ name: 'Manager', why: parties.managerId ? 'not_found' : 'no_manager' })
    return []
  }
  const person = { id: user.id, name: user.displayName, userPrincipalName: user.userPrincipalName }
  return [{ ...person, via: 'manager', enabled: user.accountEnabled === true }]
}

function split(who: Exclude<Who, 'manager'>): ['role' | 'group' | 'person', string] {
  const at = who.indexOf(':')
  return [who.slice(0, at) as 'role' | 'group' | 'person', who.slice(at + 1)]
}
