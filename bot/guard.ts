import { randomBytes } from 'node:crypto'
import type { TurnContext } from 'botbuilder'
import { Refusal } from '../services/errors.ts'
import type { Deps } from './deps.ts'
import { refusalText, toRefusal } from './replies.ts'
import { timeZoneOf } from './turn.ts'

/**
 * Runs a handler; whatever it throws becomes a sentence. Only what nobody foresaw is logged as an error. One that takes too
 * long is answered for: it goes on, and what comes of it is seen on the cards.
 */
export async function guarded<T>(deps: Deps, context: TurnContext, handle: () => Promise<T>): Promise<T | string> {
  const { activity } = context
  const say = (refusal: Refusal): string =>
    refusalText(refusal, {
      timeZone: timeZoneOf(activity),
      locale: activity.locale ?? 'en-GB',
      now: deps.clock.now(),
    })
  let isLate = false
  const refused = (error: unknown): string => {
    const ref = randomBytes(4).toString('hex')
    const refusal = toRefusal(error, ref)
    // Nobody is there any more to be answered, and trying to is no fault.
    if (isLate) deps.log.warn({ err: error, ref }, 'turn ended late, in an error')
    else if (refusal.code === 'internal') deps.log.error({ err: error, ref }, 'turn failed')
    else deps.log.info({ code: refusal.code }, 'refused')
    return say(refusal)
  }

  const deadline = alarm(deps.answerMs, () => {
    isLate = true
    deps.log.warn('turn takes too long')
    return say(new Refusal('slow'))
  })
  const answer = await Promise.race([attempt(handle).catch(refused), deadline.rings])
  deadline.stop()
  return answer
}

/** Also what is thrown before the first await. */
const attempt = async <T>(handle: () => Promise<T>): Promise<T> => handle()

function alarm<T>(ms: number, ring: () => T): { rings: Promise<T>; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  const rings = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(ring()), ms)
  })
  return { rings, stop: () => clearTimeout(timer) }
}
