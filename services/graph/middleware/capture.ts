import { middleware } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/** Outermost: keeps the error that the Graph client would turn into one of its own. */
export const capture = () =>
  middleware(async (context, next) => {
    try {
      await next(context)
    } catch (error) {
      exchangeOf(context).failure = error
      throw error
    }
  })
