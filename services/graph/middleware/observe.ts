import type { RequestEvent } from '../options.ts'
import { middleware } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/** Reports every attempt, answered or not. It sees the path's template only, never what was filled in. */
export const observe = (report: (event: RequestEvent) => void) =>
  middleware(async (context, next) => {
    const { method, path, clientRequestId, attempt } = exchangeOf(context)
    const began = performance.now()
    const done = (status: number | undefined) =>
      report({ method, path: path.template, status, ms: performance.now() - began, clientRequestId, attempt })
    try {
      await next(context)
    } catch (error) {
      done(undefined)
      throw error
    }
    done(context.response?.status)
  })
