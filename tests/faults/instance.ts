import { parsePolicy } from '../../services/approvals/policy.ts'
import { createRoles } from '../../services/approvals/roles.ts'
import { systemClock } from '../../services/clock.ts'
import { createGraph, sandboxToken } from '../../services/graph/index.ts'
import { createHistory } from '../../services/history/index.ts'
import { createRequests, createRequestWorker, type Request, REQUESTS } from '../../services/requests/index.ts'
import { isEnded } from '../../services/requests/status.ts'
import { createSecrets } from '../../services/secrets/index.ts'
import type { Store } from '../../services/store/store.ts'

export interface Place {
  store: Store
  graphUrl: string
  /** Text of a policy file. */
  policy: string
  tenantId: string
}

/** Short, since a lease that a killed process leaves behind has to lapse before anybody goes on. */
const LEASE_MS = 250

export type Instance = Awaited<ReturnType<typeof startInstance>>

/** Latchkey without Teams: verbs, worker and everything below, on a store and a tenant that others may have used before. */
export async function startInstance({ store, graphUrl, policy: text, tenantId }: Place) {
  const clock = systemClock
  const key = Buffer.alloc(32, 7)
  const graph = createGraph({ baseUrl: graphUrl, token: sandboxToken() })
  const policy = parsePolicy(text, { pinned: false, file: 'policy' })
  const requests = await store.collection<Request>(REQUESTS)
  const history = await createHistory({ store, clock, key })
  const secrets = await createSecrets({ store, key, clock })
  const roles = createRoles({ graph, policy, clock })
  const deps = { requests, graph, policy, roles, history, secrets, clock, directoryId: tenantId, wake: () => undefined }
  const errors: unknown[] = []
  const worker = createRequestWorker(deps, {
    announce: async () => undefined,
    onError: (error) => void errors.push(error),
    leaseMs: LEASE_MS,
  })

  return {
    requests,
    history,
    graph,
    verbs: createRequests(deps),
    errors,
    /** Works until the one request has ended and everything about it is told. */
    async untilEnded(): Promise<Request> {
      for (let i = 0; i < 800; i += 1) {
        await worker.drain()
        const [request] = await requests.find({})
        if (request && isEnded(request.status) && !request.unannounced && request.lease === null) return request
        await new Promise((done) => setTimeout(done, 25))
      }
      throw new Error(
        `The request never ended: ${JSON.stringify(await requests.find({}))} ${errors.map(String).join()}`,
      )
    },
  }
}
