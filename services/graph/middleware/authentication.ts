import { GraphRefused, GraphUnreachable } from '../errors.ts'
import { middleware, setHeader } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/** Sets the bearer token for whatever host is configured: the client's own handler leaves it out on `http://`. */
export const authentication = (token: () => Promise<string>) =>
  middleware(async (context, next) => {
    const { operation, clientRequestId } = exchangeOf(context)
    const bearer = await token().catch((cause: unknown) => {
      if (cause instanceof GraphRefused || cause instanceof GraphUnreachable) throw cause
      throw new GraphUnreachable({ operation, reason: 'no token', mayHaveHappened: false, clientRequestId }, { cause })
    })
    setHeader(context, 'authorization', `Bearer ${bearer}`)
    await next(context)
  })
