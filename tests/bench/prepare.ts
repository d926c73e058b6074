import { loadPolicy } from '../../services/approvals/policy.ts'
import { createRoles } from '../../services/approvals/roles.ts'
import { systemClock } from '../../services/clock.ts'
import { findPerson } from '../../services/directories/people.ts'
import { createGraph, type Graph, sandboxToken } from '../../services/graph/index.ts'
import { createHistory } from '../../services/history/index.ts'
import { createRequests, type Person, type Request, REQUESTS } from '../../services/requests/index.ts'
import { ids } from '../../services/sandbox/index.ts'
import { createSecrets } from '../../services/secrets/index.ts'
import type { Store } from '../../services/store/store.ts'
import { DEFAULT_POLICY, SECRET_KEY } from '../support/harness.ts'

/** A request that waits, as a click on Approve names it. */
export interface Pending {
  id: string
  plan: string
}

export interface Wanted {
  count: number
  asker: string
  /** YYYY-MM-DD; empty is at once. */
  startDate: string
  /** Goes into the names, so that no two accounts collide. */
  batch: string
}

/**
 * Asks for accounts by the product's own verb, so that plans, routing and digests are real. Each plan is: create, manager,
 * two groups, a licence, a Temporary Access Pass.
 */
export async function askFor(store: Store, graphUrl: string): Promise<(wanted: Wanted) => Promise<Pending[]>> {
  const graph = createGraph({ baseUrl: graphUrl, token: sandboxToken() })
  const clock = systemClock
  const policy = await loadPolicy(DEFAULT_POLICY, { pinned: false })
  const requests = createRequests({
    requests: await store.collection<Request>(REQUESTS),
    graph,
    policy,
    roles: createRoles({ graph, policy, clock }),
    history: await createHistory({ store, clock, key: SECRET_KEY }),
    secrets: await createSecrets({ store, key: SECRET_KEY, clock }),
    clock,
    directoryId: ids.tenant,
    wake: () => undefined,
  })
  return async ({ count, asker, startDate, batch }) => {
    const actor = await personOf(graph, asker)
    const ask = async (i: number): Promise<Pending> => {
      const draft = draftOf(`${batch}${i}`, startDate)
      const asked = { operation: 'provision' as const, draft, actor, timeZone: 'Europe/London', form: `${batch}-${i}` }
      const created = await requests.create(asked)
      if (!created.ok) throw new Error(`The asking was refused: ${JSON.stringify(created.problems)}`)
      return { id: created.request._id, plan: created.request.plan.digest }
    }
    const pending: Pending[] = []
    for (let i = 0; i < count; i += 8) {
      const some = Array.from({ length: Math.min(8, count - i) }, (_, k) => ask(i + k))
      pending.push(...(await Promise.all(some)))
    }
    return pending
  }
}

const draftOf = (suffix: string, startDate: string): Record<string, string> => ({
  firstName: 'Bench',
  lastName: suffix,
  userName: `bench.${suffix}`.toLowerCase(),
  domain: 'contoso.com',
  jobTitle: 'Engineer',
  department: 'Engineering',
  manager: ids.users.megan,
  usageLocation: 'GB',
  groups: [ids.groups.engineering, ids.groups.github].join(','),
  licences: ids.skus.powerBi,
  handOver: 'temporary-access-pass',
  reason: 'Joins the compiler team',
  startDate,
})

async function personOf(graph: Graph, id: string): Promise<Person> {
  const found = await findPerson(graph, id)
  if (found.is !== 'one') throw new Error('The asker is not in the tenant.')
  return found.person
}
