import { middleware } from './chain.ts'

/** Bounds one attempt, from connecting to the last byte of the answer. */
export const timeout = (ms: number) =>
  middleware(async (context, next) => {
    context.options = { ...context.options, signal: AbortSignal.timeout(ms) }
    await next(context)
  })
