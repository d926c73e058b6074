import type { OperationName } from '../services/operations/operation.ts'

/**
 * An Adaptive Card, schema 1.5, ready to be sent as an attachment of type `application/vnd.microsoft.card.adaptive`.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#adaptive-card
 */
export interface Card {
  type: 'AdaptiveCard'
  [property: string]: unknown
}

/** Whose copy of a card this is: it decides buttons and dates. What a click may do is decided by the server again. */
export interface Viewer {
  /** The reader's Entra object id. */
  person: { id: string }
  role: 'requester' | 'approver' | 'other'
  /** IANA zone; one that is unknown here falls back to UTC and is named so. */
  timeZone: string
  /** BCP 47. The words are English; day order and clock follow it where it is an English one. */
  locale: string
  now: Date
}

/** A button. `data` carries an id, never state: what comes back is not believed. */
export interface CardAction {
  title: string
  verb: Verb
  data: Record<string, string>
  style?: 'default' | 'positive' | 'destructive'
}

/** Every verb that a card of ours can send back. */
export type Verb =
  | 'request.show'
  | 'request.approve'
  | 'request.reject'
  | 'request.withdraw'
  | 'request.retry'
  | 'request.again'
  | 'request.undo'
  | 'step.tick'
  | 'secret.reveal'
  | 'secret.renew'
  | `${OperationName}.submit`
  | `${OperationName}.check`
  | 'form.cancel'
  | 'command.run'
  | 'person.pick'

/** One option of a list; `value` is what comes back. */
export interface Choice {
  title: string
  value: string
}
