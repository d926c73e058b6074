import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../services/clock.ts'
import type { RequestEvent } from '../services/graph/index.ts'
import type { Request } from '../services/requests/request.ts'
import type { Collection } from '../services/store/store.ts'
import type { Copy } from './copies.ts'

export interface Metrics {
  contentType: string
  text(): Promise<string>
  /** Begins to time a turn; call the result when it has ended. */
  turn(): () => void
  graph(event: RequestEvent): void
  /** Requests by status, and what is due in each collection, are counted when they are asked for. */
  watch(watched: { requests: Collection<Request>; notifications: Collection<Copy>; clock: Clock }): void
}

/** Numbers for Prometheus. Paths are templates and labels are codes: nothing about people gets in. */
export function createMetrics(): Metrics {
  const registers = [new Registry()]
  const [registry] = registers
  const turns = new Histogram({ name: 'latchkey_turn_seconds', help: 'Duration of a turn.', registers })
  const graph = new Counter({
    name: 'latchkey_graph_requests_total',
    help: 'Requests to Microsoft Graph, attempts counted one by one.',
    labelNames: ['method', 'path', 'status'],
    registers,
  })
  return {
    contentType: registry?.contentType ?? 'text/plain',
    text: async () => (await registry?.metrics()) ?? '',
    turn: () => turns.startTimer(),
    graph: ({ method, path, status }) => graph.inc({ method, path, status: String(status ?? 'none') }),
    watch({ requests, notifications, clock }) {
      new Gauge({
        name: 'latchkey_due',
        help: 'Documents whose time has come and whose work is not done.',
        labelNames: ['collection'],
        registers,
        async collect() {
          const due = { dueAt: { $lte: clock.now() } }
          this.set({ collection: 'requests' }, await requests.count({ $or: [{ unannounced: true }, due] }))
          this.set({ collection: 'notifications' }, await notifications.count(due))
        },
      })
      new Gauge({
        name: 'latchkey_requests',
        help: 'Requests by status.',
        labelNames: ['status'],
        registers,
        async collect() {
          const counts = await requests.aggregate<{ _id: string; count: number }>([
            { $group: { _id: '$status', count: { $sum: 1 } } },
          ])
          this.reset()
          for (const { _id, count } of counts) this.set({ status: _id }, count)
        },
      })
    },
  }
}
