import { middleware, setHeader } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/** One id over all attempts of a call, so that Microsoft's audit log and support can be matched with ours. */
export const requestId = () =>
  middleware(async (context, next) => {
    setHeader(context, 'client-request-id', exchangeOf(context).clientRequestId)
    setHeader(context, 'return-client-request-id', 'true')
    await next(context)
  })
