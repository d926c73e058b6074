import type { ConversationReference } from 'botbuilder'
import type { Viewer } from '../cards/card.ts'
import type { CollectionSpec } from '../services/store/store.ts'
import type { Due } from '../services/worker/worker.ts'

/**
 * One copy of a request's card in somebody's chat: to be delivered, and to be brought up to date whenever the request
 * changes. A due document like the request itself, so that no copy stays stale because a process died.
 */
export interface Copy extends Due {
  requestId: string
  personId: string
  role: Viewer['role']
  /** The chat it is in, where that is not the person's private one. */
  reference?: Partial<ConversationReference>
  /** The message that holds the card; absent until delivered. */
  activityId?: string
  /** The request's version it shows; -1 until delivered. */
  shown: number
  shownAt?: Date
  /** The reminder it has passed on already. */
  remindedAt?: Date
  /** It shows a secret right now: not to be painted over before this. */
  holdUntil?: Date
}

export const COPIES: CollectionSpec = {
  name: 'notifications',
  indexes: [{ keys: { dueAt: 1 } }, { keys: { requestId: 1 } }, { keys: { personId: 1 } }],
}
