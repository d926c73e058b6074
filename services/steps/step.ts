import type { Graph } from '../graph/index.ts'
import type { SecretNote, StepReason } from '../requests/request.ts'

export type StepKind = 'create-user' | 'set-manager' | 'add-to-group' | 'assign-licences' | 'hand-over'

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
  /** The one-time secret of this request that is sealed already, if any. */
  secret: SecretNote | undefined
  /** Seals a secret for the person entitled to it, and makes that durable before anything uses it. */
  seal(secret: { value: string; purpose: SecretNote['purpose']; expiresAt: Date }): Promise<void>
  /** The value sealed by an interrupted earlier attempt, for sending the same once more; undefined once it was shown. */
  unseal(): Promise<string | undefined>
}

/**
 * What is so right now.
 * `so`: already as planned. `not`: to be applied. `blocked`: applying would be wrong, with the reason.
 * `unseen`: cannot be told yet (Graph replicates); look again a little later.
 */
export type Observation =
  { state: 'so' } | { state: 'not' } | { state: 'unseen' } | { state: 'blocked'; reason: StepReason }

/**
 * One kind of step. Idempotent by construction: it always observes first, and a step that was interrupted starts again
 * at `observe`.
 */
export interface Step<Args = object> {
  kind: StepKind
  observe(args: Args, context: StepContext): Promise<Observation>
  /** Changes the directory. @throws GraphRefused, GraphUnreachable, StepBlocked */
  apply(args: Args, context: StepContext): Promise<void>
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
