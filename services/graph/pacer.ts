export interface PacerOptions {
  /** Sustained rate and how many may go at once before it applies. Microsoft allows 20 a second after 3,000. */
  writesPerSecond: number
  burst: number
  sleep: (ms: number) => Promise<void>
  now?: () => number
}

export type Kind = 'read' | 'write'

export interface Pacer {
  /** Resolves when a request of this kind may go. */
  take(kind: Kind): Promise<void>
  /** Nothing of this kind goes for so long: Graph has asked for it. */
  hold(kind: Kind, ms: number): void
  /** How long requests of this kind are held from now, in milliseconds. */
  heldFor(kind: Kind): number
}

/**
 * A token bucket for the directory's write limit, 3,000 per 150 seconds for an app in a tenant (learn:
 * graph/throttling-limits, identity and access). Reads are not counted, only held back when Graph says so.
 */
export function createPacer({ writesPerSecond, burst, sleep, now = Date.now }: PacerOptions): Pacer {
  const heldUntil = { read: 0, write: 0 }
  let tokens = burst
  let filledAt = now()

  /** Takes a token, on credit if need be, and tells how long until it is paid for. */
  function reserve(): number {
    const at = now()
    tokens = Math.min(burst, tokens + (Math.max(0, at - filledAt) / 1000) * writesPerSecond)
    filledAt = Math.max(filledAt, at)
    tokens -= 1
    return tokens >= 0 ? filledAt - at : filledAt - at + (-tokens / writesPerSecond) * 1000
  }

  return {
    async take(kind) {
      const debt = kind === 'write' ? reserve() : 0
      if (debt > 0) await sleep(debt)
      let respected = 0
      while (heldUntil[kind] > respected) {
        respected = heldUntil[kind]
        const left = respected - now()
        if (left > 0) await sleep(left)
      }
    },
    hold(kind, ms) {
      const until = now() + ms
      if (until <= heldUntil[kind]) return
      heldUntil[kind] = until
      if (kind === 'read') return
      // Graph has seen more writes than we have (another process of ours, say): what we thought was left is not.
      tokens = Math.min(tokens, 0)
      filledAt = Math.max(filledAt, until)
    },
    heldFor: (kind) => Math.max(0, heldUntil[kind] - now()),
  }
}
