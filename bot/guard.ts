import { randomBytes } from 'node:crypto'
import type { TurnContext } from 'botbuilder'
import type { Deps } from './deps.ts'
import { refusalText, toRefusal } from './replies.ts'
import { timeZoneOf } from './turn.ts'

/** Runs a handler; whatever it throws becomes a sentence. Only what nobody foresaw is logged as an error. */
export async function guarded<T>(deps: Deps, context: TurnContext, handle: () => Promise<T>): Promise<T | string> {
  try {
    return await handle()
  } catch (error) {
    const ref = randomBytes(4).toString('hex')
    const refusal = toRefusal(error, ref)
    if (refusal.code === 'internal') deps.log.error({ err: error, ref }, 'turn failed')
    else deps.log.info({ code: refusal.code }, 'refused')
    const { activity } = context
    return refusalText(refusal, {
      timeZone: timeZoneOf(activity),
      locale: activity.locale ?? 'en-GB',
      now: deps.clock.now(),
    })
  }
}
