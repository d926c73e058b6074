import type { Logger } from 'pino'
import type { Policy } from '../services/approvals/policy.ts'
import type { Roles } from '../services/approvals/roles.ts'
import type { Clock } from '../services/clock.ts'
import type { Catalogue } from '../services/directories/catalogue.ts'
import type { Graph } from '../services/graph/index.ts'
import type { History } from '../services/history/index.ts'
import type { Requests } from '../services/requests/index.ts'
import type { Actors } from './actors.ts'
import type { Conversations } from './conversations.ts'
import type { Notifier } from './notifier.ts'

/** What the handlers of turns need. */
export interface Deps {
  actors: Actors
  catalogue: Catalogue
  clock: Clock
  conversations: Conversations
  graph: Graph
  history: History
  log: Logger
  notifier: Notifier
  policy: Policy
  requests: Requests
  roles: Roles
  /** How long a turn may take, in milliseconds. */
  answerMs: number
  /** The zero-setup tenant: the greeting says so. */
  sandbox: boolean
}
