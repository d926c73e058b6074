import { setTimeout as sleep } from 'node:timers/promises'

/** Who is waiting for an answer right now. */
export interface Turns {
  /** A turn begins; call the result when it was answered. */
  begin(): () => void
  /** Resolves when nobody waits for an answer and nobody has for a moment, so that work behind the scenes does not slow them. */
  over(): Promise<void>
}

const REST_MS = 20
/** People who never stop asking must not keep the work from being done: after this it has as much time for itself. */
const MOST_MS = 1_000
const LOOK_MS = 5

export function createTurns({ restMs = REST_MS, mostMs = MOST_MS } = {}): Turns {
  let open = 0
  let lastEnded = -Infinity
  let patientFrom = -Infinity

  const isBusy = (): boolean => open > 0 || performance.now() - lastEnded < restMs

  return {
    begin() {
      open += 1
      return () => {
        open -= 1
        lastEnded = performance.now()
      }
    },
    async over() {
      const began = performance.now()
      if (began < patientFrom) return
      while (isBusy()) {
        const now = performance.now()
        if (now - began >= mostMs) return void (patientFrom = now + mostMs)
        await sleep(LOOK_MS)
      }
    },
  }
}
