import type { Context } from '@microsoft/microsoft-graph-client'
import { GraphRefused, GraphUnreachable } from '../errors.ts'
import type { Token } from '../options.ts'
import { middleware, setHeader } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/**
 * Sets the bearer token for whatever host is configured: the client's own handler leaves it out on `http://`. A token may be
 * taken back before its time (a new secret, a revoked session): where Graph answers 401, a fresh one is tried, once.
 */
export const authentication = (token: Token) =>
  middleware(async (context, next) => {
    await authorise(context, token())
    await next(context)
    if (context.response?.status !== 401) return
    await authorise(context, token({ fresh: true }))
    await next(context)
  })

async function authorise(context: Context, token: Promise<string>): Promise<void> {
  const { operation, clientRequestId } = exchangeOf(context)
  const bearer = await token.catch((cause: unknown) => {
    if (cause instanceof GraphRefused || cause instanceof GraphUnreachable) throw cause
    throw new GraphUnreachable({ operation, reason: 'no token', mayHaveHappened: false, clientRequestId }, { cause })
  })
  setHeader(context, 'authorization', `Bearer ${bearer}`)
}
