import type { Context } from '@microsoft/microsoft-graph-client'
import { GraphUnreachable } from '../errors.ts'
import { failureOf } from '../failure.ts'
import { retryAfterMs } from '../retryAfter.ts'
import { middleware, type Next } from './chain.ts'
import { exchangeOf, type Exchange } from './exchange.ts'

export interface RetryOptions {
  sleep: (ms: number) => Promise<void>
  /** 0…1, for the jitter. */
  random?: () => number
}

export const ATTEMPTS = 5
export const BUDGET_MS = 60_000

interface Trouble {
  reason: string
  /** Graph said, or the network shows, that nothing was done: anything may be sent again. */
  undone: boolean
  waitMs?: number
  cause?: unknown
}

/**
 * Tries again after 429, 5xx and lost connections: at most five attempts and a minute of waiting. What is not
 * repeatable (creating a user, sending mail) is tried again only where it cannot have happened.
 * @throws GraphUnreachable when that does not help.
 */
export const retry = ({ sleep, random = Math.random }: RetryOptions) =>
  middleware(async (context, next) => {
    const exchange = exchangeOf(context)
    let waited = 0
    let unsure = false
    for (exchange.attempt = 1; ; exchange.attempt++) {
      const trouble = await attempt(context, next)
      if (!trouble) return settle(context, exchange, unsure)
      unsure ||= !trouble.undone && exchange.method !== 'GET'
      const wait = trouble.waitMs ?? backoff(exchange.attempt, random)
      const again =
        (exchange.repeatable || trouble.undone) && exchange.attempt < exchange.attempts && waited + wait <= BUDGET_MS
      if (!again) throw unreachable(exchange, trouble, unsure)
      waited += wait
      await sleep(wait)
    }
  })

async function attempt(context: Context, next: Next): Promise<Trouble | undefined> {
  try {
    await next(context)
  } catch (cause) {
    const { reason, neverSent } = failureOf(cause)
    return { reason, undone: neverSent, cause }
  }
  const response = context.response
  if (!response || !isTransient(response.status)) return undefined
  const waitMs = retryAfterMs(response.headers.get('retry-after'))
  const told = response.status === 503 && waitMs !== undefined
  return { reason: String(response.status), undone: response.status === 429 || told, waitMs }
}

export function isTransient(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501)
}

export function backoff(attempt: number, random: () => number): number {
  return 500 * 2 ** (attempt - 1) * (0.5 + random() / 2)
}

/** A DELETE that finds nothing after an attempt without an answer: that attempt did it. */
function settle(context: Context, { method }: Exchange, unsure: boolean): void {
  if (method === 'DELETE' && unsure && context.response?.status === 404) {
    context.response = new Response(null, { status: 204 })
  }
}

function unreachable(exchange: Exchange, trouble: Trouble, unsure: boolean): GraphUnreachable {
  const { operation, clientRequestId, writes } = exchange
  const { reason, waitMs, cause } = trouble
  const mayHaveHappened = writes && unsure
  return new GraphUnreachable({ operation, reason, mayHaveHappened, clientRequestId, retryAfterMs: waitMs }, { cause })
}
