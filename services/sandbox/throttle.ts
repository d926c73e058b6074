import { GraphFailure } from './errors.ts'

/** Writes of one app in one tenant: 3,000 in 150 seconds, kept as a token bucket (Graph throttling limits, identity and access). */
export interface WriteBucket {
  /** Takes one write. @throws GraphFailure 429 with Retry-After when none is left */
  take(): void
  /** Share of the allowance that is used up, 0..1. */
  used(): number
}

export function createWriteBucket(now: () => number, limits = { burst: 3000, perSecond: 20 }): WriteBucket {
  let tokens = limits.burst
  let at = now()
  function refill() {
    tokens = Math.min(limits.burst, tokens + ((now() - at) / 1000) * limits.perSecond)
    at = now()
  }
  return {
    take() {
      refill()
      if (tokens < 1) throw tooManyWrites(Math.max(1, Math.ceil((1 - tokens) / limits.perSecond)))
      tokens -= 1
    },
    used() {
      refill()
      return 1 - tokens / limits.burst
    },
  }
}

/** Seconds to wait; the body is Microsoft's documented sample. */
export const tooManyWrites = (seconds: number) =>
  new GraphFailure(429, 'TooManyRequests', {
    message: 'Please retry again later.',
    headers: {
      'retry-after': String(seconds),
      'x-ms-throttle-scope': 'Tenant_Application/Write/latchkey/contoso',
      'x-ms-throttle-information': 'WriteLimitExceeded',
    },
  })
