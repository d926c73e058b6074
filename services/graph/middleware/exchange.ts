import type { Context, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import type { Path } from '../path.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What the middlewares know of one call, beside its HTTP. A class, because the Graph client finds options by class. */
export class Exchange implements MiddlewareOptions {
  readonly method: Method
  readonly path: Path
  /** May it be sent again when no answer came? */
  readonly repeatable: boolean
  /** Counts against the write limit of the directory. */
  readonly writes: boolean
  readonly clientRequestId: string
  /** At most so many. */
  readonly attempts: number
  attempt = 0
  /** The client wraps what middlewares throw in an error of its own; the original is kept here. */
  failure: unknown
  constructor(facts: Pick<Exchange, 'method' | 'path' | 'repeatable' | 'writes' | 'clientRequestId' | 'attempts'>) {
    this.method = facts.method
    this.path = facts.path
    this.repeatable = facts.repeatable
    this.writes = facts.writes
    this.clientRequestId = facts.clientRequestId
    this.attempts = facts.attempts
  }

  get operation(): string {
    return `${this.method} ${this.path.template}`
  }
}

export function exchangeOf(context: Context): Exchange {
  const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange)
  if (!(exchange instanceof Exchange)) throw new Error('A Graph request must go through the transport.')
  return exchange
}
