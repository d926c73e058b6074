import type { GraphRefused, GraphUnreachable } from './errors.ts'
import type { Path, Query } from './path.ts'

/** A GET, independent of the others. */
export interface BatchRequest {
  path: Path
  query?: Query
  headers?: Record<string, string>
}

export type BatchOutcome =
  { ok: true; status: number; body: unknown } | { ok: false; error: GraphRefused | GraphUnreachable }
