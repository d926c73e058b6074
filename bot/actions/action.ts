import type { Card, Verb } from '../../cards/card.ts'
import type { Deps } from '../deps.ts'
import type { Turn } from '../turn.ts'

/** What a click answers: a card that replaces the one that was clicked, or a sentence. */
export type Answer = Card | string

export interface Action {
  verb: Verb
  /** `data` is what the client sent: untrusted, whatever the card had put there. */
  run(deps: Deps, turn: Turn, data: unknown): Promise<Answer>
}
