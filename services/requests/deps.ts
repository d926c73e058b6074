import type { Policy } from '../approvals/policy.ts'
import type { Roles } from '../approvals/roles.ts'
import type { Clock } from '../clock.ts'
import type { Graph } from '../graph/index.ts'
import type { History } from '../history/index.ts'
import type { Secrets } from '../secrets/index.ts'
import type { Collection, CollectionSpec } from '../store/store.ts'
import type { Request } from './request.ts'

/** What the verbs need. */
export interface Deps {
  requests: Collection<Request>
  graph: Graph
  policy: Policy
  roles: Roles
  history: History
  secrets: Secrets
  clock: Clock
  /** The Entra tenant id. */
  directoryId: string
  /** Something changed: tell history and the card copies, and look what is due, now and at `at`. Returns at once. */
  wake(at?: Date | null): void
}

export const REQUESTS: CollectionSpec = {
  name: 'requests',
  indexes: [
    { keys: { dueAt: 1 } },
    { keys: { unannounced: 1 } },
    { keys: { form: 1 }, unique: true, sparse: true },
    { keys: { reserves: 1 }, unique: true, sparse: true },
    { keys: { 'requester.id': 1, createdAt: -1 } },
    { keys: { status: 1 } },
  ],
}
