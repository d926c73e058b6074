import { GraphRefused, GraphUnreachable } from '../graph/index.ts'
import type { Deps } from './deps.ts'
import type { Request, StepReason } from './request.ts'
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
    const held = reasonOf(error)
    if (!held || (request.held?.code === held.code && request.held.graphCode === held.graphCode)) throw error
    const dueAt = new Date(deps.clock.now().getTime() + PAUSE_MS)
    await save(deps, request, { set: { held, dueAt, lease: null } })
  }
}

function reasonOf(error: unknown): StepReason | undefined {
  if (error instanceof GraphUnreachable) return { code: 'graph_unreachable' }
  if (!(error instanceof GraphRefused)) return undefined
  const { code, requestId } = error
  return { code: 'graph_refused', graphCode: code, ...(requestId ? { graphRequestId: requestId } : {}) }
}
