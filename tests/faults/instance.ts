import { parsePolicy } from '../../services/approvals/policy.ts'
import { createRoles } from '../../services/approvals/roles.ts'
import { createGraph, type GraphOptions, sandboxToken } from '../../services/graph/index.ts'
import { createHistory } from '../../services/history/index.ts'
import { createRequests, createRequestWorker, type Request, REQUESTS } from '../../services/requests/index.ts'
import { isEnded } from '../../services/requests/status.ts'
import { createSecrets } from '../../services/secrets/index.ts'
import type { Store } from '../../services/store/store.ts'
import { byHand } from './byHand.ts'

/** `onRequest` is told of every attempt at Graph; `sleep` is how it waits between them. */
export interface Place extends Pick<GraphOptions, 'onRequest' | 'sleep'> {
  store: Store
  graphUrl: string
  /** Text of a policy file. */
  policy: string
  tenantId: string
}

const LEASE_MS = 60_000

export type Instance = Awaited<ReturnType<typeof startInstance>>

/**
 * Latchkey without Teams: verbs, worker and everything below, on a store and a tenant that others may have used before.
 * Nobody waits: by its clock, the leases that dead ones left behind lapse as it starts, and days pass in no time; but it
 * never goes back behind what was written before.
 */
export async function startInstance({ store, graphUrl, policy: text, tenantId, onRequest, sleep }: Place) {
  let ahead = 0
  const clock = { now: () => new Date(Date.now() + ahead) }
  const passUntil = (moment: Date): void => void (ahead = Math.max(ahead, moment.getTime() - Date.now() + 1))
  const key = Buffer.alloc(32, 7)
  const graph = createGraph({ baseUrl: graphUrl, token: sandboxToken(), onRequest, sleep })
  const policy = parsePolicy(text, { pinned: false, file: 'policy' })
  const requests = await store.collection<Request>(REQUESTS)
  for (const { lease, updatedAt } of await requests.find({})) passUntil(lease?.until ?? updatedAt)
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

  const verbs = createRequests(deps)

  return {
    requests,
    history,
    graph,
    verbs,
    errors,
    now: clock.now,
    /** Works, also by hand where Graph cannot, until the request has ended and everything is told. */
    async untilEnded(id: string): Promise<Request> {
      for (let i = 0; i < 800; i += 1) {
        await worker.drain()
        const request = await requests.get(id)
        const untold = await requests.count({ unannounced: true })
        if (request && isEnded(request.status) && request.lease === null && untold === 0) return request
        if (request && (await byHand(request, { verbs, graphUrl }))) continue
        const day = request?.status === 'waiting' && request.steps.find((s) => s.reason?.code === 'not_before')?.retryAt
        if (day) passUntil(day)
        else await new Promise((done) => setTimeout(done, 25))
      }
      throw new Error(
        `The request never ended: ${JSON.stringify(await requests.find({}))} ${errors.map(String).join()}`,
      )
    },
  }
}
