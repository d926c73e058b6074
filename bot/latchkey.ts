import type { Logger } from 'pino'
import type { Policy } from '../services/approvals/policy.ts'
import { createRoles } from '../services/approvals/roles.ts'
import type { Clock } from '../services/clock.ts'
import { createCatalogue } from '../services/directories/catalogue.ts'
import type { Graph } from '../services/graph/index.ts'
import { createHistory } from '../services/history/index.ts'
import { createRequests, createRequestWorker, type Request, REQUESTS } from '../services/requests/index.ts'
import { createSecrets } from '../services/secrets/index.ts'
import type { Store } from '../services/store/store.ts'
import { createActors } from './actors.ts'
import { createAdapter } from './adapter.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { type Conversation, CONVERSATIONS, createConversations } from './conversations.ts'
import { COPIES, type Copy } from './copies.ts'
import type { Deps } from './deps.ts'
import type { Metrics } from './metrics.ts'
import { createNotifier } from './notifier.ts'
import { createServer } from './server.ts'
import { createTeams } from './teams.ts'
import { createTurns } from './turns.ts'

export interface Parts {
  bot: Config['bot']
  clock: Clock
  graph: Graph
  log: Logger
  metrics: Metrics
  policy: Policy
  sandbox: boolean
  secretKey: Buffer
  store: Store
  /** How often the workers look, how often one card may be painted, how long a turn may take and the rest after it is; in ms. */
  timing?: { pollMs?: number; gapMs?: number; leaseMs?: number; answerMs?: number; restMs?: number }
}

/** Teams gives a turn some fifteen seconds; then it shows an error of its own, and delivers the click again. */
const ANSWER_MS = 10_000

/** Everything behind the socket, wired. The same for production, the demo and the tests. */
export async function createLatchkey(parts: Parts) {
  const { clock, graph, log, policy, store } = parts
  const { restMs, answerMs = ANSWER_MS, gapMs, ...timing } = parts.timing ?? {}
  const directory = await graph.organization.get()
  const [requestsCollection, copies, conversationsCollection] = await Promise.all([
    store.collection<Request>(REQUESTS),
    store.collection<Copy>(COPIES),
    store.collection<Conversation>(CONVERSATIONS),
  ])
  const history = await createHistory({ store, clock, key: parts.secretKey })
  const secrets = await createSecrets({ store, key: parts.secretKey, clock })
  const roles = createRoles({ graph, policy, clock })
  const adapter = createAdapter(parts.bot)
  const conversations = createConversations(conversationsCollection)
  const turns = createTurns(restMs === undefined ? {} : { restMs })
  const working = { ...timing, alone: !store.shared, courtesy: turns.over }
  const onError = (error: unknown, id: string | undefined): void =>
    log.error({ err: error, id }, 'work failed; it comes again')

  const services = {
    requests: requestsCollection,
    graph,
    policy,
    roles,
    history,
    secrets,
    clock,
    directoryId: directory.id,
    wake: (at?: Date | null) => worker.wake(at),
  }
  const requests = createRequests(services)
  const notifier = createNotifier({
    copies,
    requests: requestsCollection,
    conversations,
    teams: createTeams(adapter, parts.bot?.id ?? ''),
    clock,
    reached: requests.notReached,
    onError,
    worker: working,
    ...(gapMs === undefined ? {} : { gapMs }),
  })
  const worker = createRequestWorker(services, { announce: notifier.announce, onError, ...working })

  const deps: Deps = {
    answerMs,
    actors: createActors({ graph, clock, tenantId: directory.id, authenticated: parts.bot !== undefined }),
    catalogue: createCatalogue({ graph, clock }),
    clock,
    conversations,
    graph,
    history,
    log,
    notifier,
    policy,
    requests,
    roles,
    sandbox: parts.sandbox,
  }
  parts.metrics.watch({ requests: requestsCollection, notifications: copies, clock })
  const server = createServer({
    app: createApp(deps, adapter),
    adapter,
    log,
    metrics: parts.metrics,
    turns,
    loopbackOnly: parts.bot === undefined,
    ready: async () => void (await Promise.all([store.ping(), graph.ping()])),
  })

  return {
    server,
    worker,
    notifier,
    history,
    conversations,
    directoryId: directory.id,
    start() {
      worker.start()
      notifier.start()
    },
    /** Finishes what is in hand; whatever is not due yet waits in the store. */
    async stop() {
      await Promise.all([worker.stop(), notifier.stop()])
      await store.close()
    },
  }
}
