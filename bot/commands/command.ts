import type { Deps } from '../deps.ts'
import type { Turn } from '../turn.ts'

export interface Command {
  name: string
  /** Other first words that mean the same. */
  aliases?: readonly string[]
  /** Runs with what follows the first word. It answers by itself; what it throws becomes a sentence. */
  run(deps: Deps, turn: Turn, rest: string): Promise<void>
}
