import type { Kind, Pacer } from '../pacer.ts'
import { retryAfterMs } from '../retryAfter.ts'
import { middleware } from './chain.ts'
import { exchangeOf } from './exchange.ts'

/** Waits for the pacer, and tells it when Graph asks to stay away. */
export const pacing = (pacer: Pacer) =>
  middleware(async (context, next) => {
    const { writes, path } = exchangeOf(context)
    if (isMailbox(path.template)) return next(context)
    await pacer.take(writes ? 'write' : 'read')
    await next(context)
    const wait = retryAfterMs(context.response?.headers.get('retry-after'))
    if (context.response?.status !== 429 || wait === undefined) return
    for (const kind of throttled(context.response, writes)) pacer.hold(kind, wait)
  })

/** Mailboxes have a limit of their own each: one that is busy must not hold up the directory. */
function isMailbox(template: string): boolean {
  return /\/(sendMail|mailboxSettings)$/.test(template)
}

/** `x-ms-throttle-scope` is `<scope>/<Read | Write | ReadWrite>/<app>/<resource>` (learn: graph/throttling-limits). */
function throttled(response: Response, writes: boolean): Kind[] {
  switch (response.headers.get('x-ms-throttle-scope')?.split('/')[1]) {
    case 'ReadWrite':
      return ['read', 'write']
    case 'Read':
      return ['read']
    case 'Write':
      return ['write']
    default:
      return [writes ? 'write' : 'read']
  }
}
