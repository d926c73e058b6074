export interface GraphOptions {
  /** Origin without version, e.g. `https://graph.microsoft.com`; a trailing `/v1.0` or `/` is tolerated. */
  baseUrl: string
  /** A bearer token; called for every request, so let it cache (MSAL does). */
  token: Token
  /** Our own share of the write limit. Default 20 a second after a burst of 2,500 (learn: graph/throttling-limits). */
  pace?: { writesPerSecond: number; burst: number }
  sleep?: (ms: number) => Promise<void>
  /** One attempt, in milliseconds. Default 30,000. */
  timeoutMs?: number
  /** For logs and metrics; called once an attempt. Never carries bodies, tokens or what people typed. */
  onRequest?: (event: RequestEvent) => void
}

export interface RequestEvent {
  method: string
  /** A template: `/users/{id}`. */
  path: string
  /** Undefined when no answer came. */
  status: number | undefined
  ms: number
  clientRequestId: string
  /** From 1. */
  attempt: number
}

/** A bearer token; with `fresh` a new one, as Graph took the last one for invalid. */
export type Token = (options?: { fresh: boolean }) => Promise<string>
