import type { Graph } from '../graph/index.ts'
import type { Mail } from '../graph/index.ts'
import type { Person, StepReason } from '../requests/request.ts'
import type { Secrets } from '../secrets/index.ts'

export type StepKind = 'create-user' | 'set-manager' | 'add-to-group' | 'assign-licences' | 'hand-over'

/** What a step sees while it runs. `facts` is what earlier steps learnt; `remember` makes a fact durable before going on. */
export interface StepContext {
  graph: Graph
  mail?: { from: string; send: Mail['send'] }
  secrets: Secrets
  requestId: string
  requester: Person
  clientRequestId: string
  now: Date
  facts: Readonly<Record<string, string>>
  remember(facts: Record<string, string>): Promise<void>
}

/**
 * What is so right now.
 * `so`: already as planned. `not`: to be applied. `blocked`: applying would be wrong, with the reason.
 * `unseen`: cannot be told yet (Graph replicates); look again a little later.
 */
export type Observation = { state: 'so' } | { state: 'not' } | { state: 'unseen' } | { state: 'blocked'; reason: StepReason }

/**
 * One kind of step. Idempotent by construction: it always observes first, and a step that was interrupted starts again
 * at `observe`.
 */
export interface Step<Args = Record<string, unknown>> {
  kind: StepKind
  observe(args: Args, context: StepContext): Promise<Observation>
  /** Changes the directory. @throws GraphRefused, GraphUnreachable, StepBlocked */
  apply(args: Args, context: StepContext): Promise<void>
}
