import type { Deps } from './deps.ts'
import { graphTrouble } from './graphTrouble.ts'
import type { Request } from './request.ts'
import { save } from './save.ts'

const PAUSE_MS = 5_000

/**
 * A move before anything runs, which only looks at Graph. Where Graph does not tell, the request says so, and the move
 * comes again. Said once: what is held up by the same thing still is thrown on, so that the worker logs it and waits.
 */
export async function unlessHeld(deps: Deps, request: Request, move: () => Promise<void>): Promise<void> {
  try {
    await move()
  } catch (error) {
    const held = graphTrouble(error)
    if (!held || (request.held?.code === held.code && request.held.graphCode === held.graphCode)) throw error
    const dueAt = new Date(deps.clock.now().getTime() + PAUSE_MS)
    await save(deps, request, { set: { held, dueAt, lease: null } })
  }
}
