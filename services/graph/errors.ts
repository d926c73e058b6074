/** One reason inside a refusal, e.g. `{ code: 'ObjectConflict', target: 'userPrincipalName' }`. */
export interface ErrorDetail {
  code: string
  target?: string
}

export interface RefusedFacts {
  /** Method and path template, e.g. `GET /users/{id}`: never values, which people may have typed. */
  operation: string
  status: number
  /** Graph's own word, e.g. `Request_BadRequest`. Branch on this; messages change (learn: graph/errors). */
  code: string
  details?: ErrorDetail[]
  requestId?: string
  clientRequestId?: string
  retryAfterMs?: number
}

/** Graph was reached and said no. Trying the same again gets the same answer. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused'
  readonly status: number
  readonly code: string
  readonly details: ErrorDetail[]
  readonly requestId: string | undefined
  readonly clientRequestId: string | undefined
  readonly retryAfterMs: number | undefined
  constructor(facts: RefusedFacts, options?: ErrorOptions) {
    super(`Graph refused ${facts.operation}: ${facts.status} ${facts.code}${trace(facts)}`, options)
    this.status = facts.status
    this.code = facts.code
    this.details = facts.details ?? []
    this.requestId = facts.requestId
    this.clientRequestId = facts.clientRequestId
    this.retryAfterMs = facts.retryAfterMs
  }
}

export interface UnreachableFacts {
  operation: string
  /** What stood in the way: `ECONNREFUSED`, `timeout`, `503` … */
  reason: string
  /** True when the change may have been made although no answer came: observe before trying again. */
  mayHaveHappened: boolean
  clientRequestId?: string
  /** How long Graph (or our own pacing of it) asked us to stay away, when it said so. */
  retryAfterMs?: number
}

/** No answer: not connected, timed out, dropped, or 429/5xx that outlived the retries. Trying later makes sense. */
export class GraphUnreachable extends Error {
  override readonly name = 'GraphUnreachable'
  readonly reason: string
  readonly mayHaveHappened: boolean
  readonly clientRequestId: string | undefined
  readonly retryAfterMs: number | undefined
  constructor(facts: UnreachableFacts, options?: ErrorOptions) {
    super(`Graph was not reached: ${facts.operation} (${facts.reason})${trace(facts)}`, options)
    this.reason = facts.reason
    this.mayHaveHappened = facts.mayHaveHappened
    this.clientRequestId = facts.clientRequestId
    this.retryAfterMs = facts.retryAfterMs
  }
}

function trace({ requestId, clientRequestId }: { requestId?: string; clientRequestId?: string }): string {
  if (requestId) return `, request-id ${requestId}`
  return clientRequestId ? `, client-request-id ${clientRequestId}` : ''
}

/** Somebody else holds the value: 400 Request_BadRequest with detail ObjectConflict or ConflictingObjects, never 409. */
export function isConflict(error: unknown, target?: string): boolean {
  if (!(error instanceof GraphRefused) || error.status !== 400) return false
  return error.details.some(
    (detail) => CONFLICTS.includes(detail.code) && (target === undefined || detail.target === target),
  )
}

const CONFLICTS = ['ObjectConflict', 'ConflictingObjects']

export function isNotFound(error: unknown): boolean {
  return error instanceof GraphRefused && error.status === 404
}

/** A delta link has outlived its seven days (or its data): start anew without one (learn: graph/delta-query-overview). */
export function isStaleLink(error: unknown): boolean {
  return error instanceof GraphRefused && (error.status === 410 || /^syncState|^resync/i.test(error.code))
}
