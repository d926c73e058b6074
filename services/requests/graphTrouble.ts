import { GraphRefused, GraphUnreachable } from '../graph/index.ts'
import type { StepReason } from './request.ts'

/** Why Graph did not do or tell something, as a request keeps it; undefined for any other error. */
export function graphTrouble(error: unknown): StepReason | undefined {
  if (error instanceof GraphUnreachable) return { code: 'graph_unreachable' }
  if (!(error instanceof GraphRefused)) return undefined
  const { code, requestId } = error
  return { code: 'graph_refused', graphCode: code, ...(requestId ? { graphRequestId: requestId } : {}) }
}
