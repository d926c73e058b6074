import type { Graph } from '../graph/index.ts'
import type { PlannedStep, SecretNote, StepReason } from '../requests/request.ts'

export type StepKind =
  | 'create-user'
  | 'set-manager'
  | 'add-to-group'
  | 'assign-licences'
  | 'hand-over'
  | 'set-sign-in'
  | 'revoke-sessions'
  | 'scramble-password'
  | 'remove-methods'
  | 'auto-reply'
  | 'address-list'
  | 'add-owner'
  | 'remove-owner'
  | 'leave-group'
  | 'remove-licences'
  | 'set-device'
  | 'share-mailbox'
  | 'reroute-approvals'
  | 'delete-user'
  | 'restore-user'
  | 'stop-request'
  | 'mark-undone'

/** What a step sees while it runs. `facts` is what earlier steps learnt; `remember` makes a fact durable before going on. */
export interface StepContext {
  graph: Graph
  /** The mailbox that activation mails are sent from, if policy names one. */
  mailFrom: string | undefined
  requestId: string
  clientRequestId: string
  now: Date
  facts: Readonly<Record<string, string>>
  remember(facts: Record<string, string>): Promise<void>
  /** When this step began, and whether somebody said that its manual part is done. */
  startedAt: Date
  ticked: boolean
  requests: StepRequests
  /** The one-time secret of this request that is sealed already, if any. */
  secret: SecretNote | undefined
  /** Seals a secret for the person entitled to it, and makes that durable before anything uses it. */
  seal(secret: { value: string; purpose: SecretNote['purpose']; expiresAt: Date }): Promise<void>
  /** The value sealed by an interrupted earlier attempt, for sending the same once more; undefined once it was shown. */
  unseal(): Promise<string | undefined>
}

/** What a step may do with other requests. All idempotent. */
export interface StepRequests {
  /** How many requests wait for this person's approval. */
  waitingFor(personId: string): Promise<number>
  /** Passes on what waits for somebody who cannot decide any more. */
  reroute(personId: string): Promise<void>
  /** Has the request nothing left to do? */
  isStopped(id: string): Promise<boolean>
  /** What it has not done yet, it will not do. */
  stop(id: string): Promise<void>
  isUndone(id: string): Promise<boolean>
  markUndone(id: string): Promise<void>
}

/**
 * What is so right now.
 * `so`: already as planned. `not`: to be applied. `blocked`: applying would be wrong, with the reason.
 * `unseen`: cannot be told yet (Graph replicates); look again a little later.
 * `later`: not before a moment; `person`: somebody has to do something first.
 * `before` is what will be lost, saved before it is: enough to restore it.
 */
export type Observation =
  | { state: 'so' }
  | { state: 'not'; before?: Record<string, unknown> }
  | { state: 'unseen' }
  | { state: 'later'; at: Date }
  | { state: 'person'; reason?: StepReason }
  | { state: 'blocked'; reason: StepReason }

/**
 * One kind of step. Idempotent by construction: it always observes first, and a step that was interrupted starts again
 * at `observe`.
 */
export interface Step<Args = object> {
  kind: StepKind
  observe(args: Args, context: StepContext): Promise<Observation>
  /** Changes the directory. @throws GraphRefused, GraphUnreachable, StepBlocked */
  apply(args: Args, context: StepContext): Promise<void>
  /** The steps that take this one back, from what was saved; a sentence instead where it cannot be taken back. */
  undo?(args: Args, done: Done): PlannedStep[] | string
}

/** A step that was done, as its undo sees it. */
export interface Done {
  planned: PlannedStep
  saved: Record<string, unknown>
  /** The account that the request was about. */
  userId: string
}

/** Thrown by `apply` where going on would be wrong or pointless: ends the step with this reason. */
export class StepBlocked extends Error {
  override readonly name = 'StepBlocked'
  readonly reason: StepReason
  constructor(reason: StepReason) {
    super(reason.code)
    this.reason = reason
  }
}
