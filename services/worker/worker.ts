import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Collection, Document } from '../store/store.ts'

/** A document with a clock: something must happen with it at `dueAt`, and whoever holds the lease sees to it. */
export interface Due extends Document {
  dueAt: Date | null
  lease: { owner: string; until: Date } | null
}

export interface WorkerOptions<T extends Due> {
  collection: Collection<T>
  clock: Clock
  /** Advances the document by one move and saves it with its next `dueAt`. It may be cut off anywhere and come again. */
  advance(document: T): Promise<void>
  /** Runs before each round of claims, e.g. to tell what changed. */
  before?(): Promise<void>
  onError(error: unknown, document: T | undefined): void
  leaseMs?: number
  pollMs?: number
  concurrency?: number
}

export interface Worker {
  /** Begins to poll. Waking makes the usual case instant; polling makes it certain. */
  start(): void
  /** Look now: something may have become due. */
  wake(): void
  /** Works until nothing is due any more, also without `start`. For tests and for a quiet end. */
  drain(): Promise<void>
  /** Claims nothing new and resolves when what is in hand is finished. */
  stop(): Promise<void>
}

const ERROR_PAUSE_MS = 5_000

/**
 * Finds what is due, claims it with one find-one-and-update, advances it. Any number of processes may do so on one store;
 * when one dies, its leases lapse and another goes on.
 */
export function createWorker<T extends Due>(options: WorkerOptions<T>): Worker {
  const { collection, clock, leaseMs = 120_000, pollMs = 5_000, concurrency = 4 } = options
  const owner = randomUUID()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> | undefined
  let again = false

  const later = (ms: number) => new Date(clock.now().getTime() + ms)

  const claim = (): Promise<T | undefined> => {
    const now = clock.now()
    const free = { $or: [{ lease: null }, { 'lease.until': { $lte: now } }] }
    return collection.update(
      { dueAt: { $lte: now }, ...free },
      { $set: { lease: { owner, until: later(leaseMs) } } },
      { sort: { dueAt: 1 } },
    )
  }

  const work = async (document: T): Promise<void> => {
    const held = { _id: document._id, 'lease.owner': owner }
    const beat = setInterval(() => {
      collection
        .update(held, { $set: { 'lease.until': later(leaseMs) } })
        .catch((e: unknown) => options.onError(e, document))
    }, leaseMs / 3)
    try {
      await options.advance(document)
      await collection.update(held, { $set: { lease: null } })
    } catch (error) {
      options.onError(error, document)
      await collection.update(held, { $set: { lease: null, dueAt: later(ERROR_PAUSE_MS) } })
    } finally {
      clearInterval(beat)
    }
  }

  const lane = async (): Promise<void> => {
    while (!stopped) {
      const document = await claim()
      if (!document) return
      await work(document)
      await options.before?.()
    }
  }

  const runRound = async (): Promise<void> => {
    do {
      again = false
      try {
        await options.before?.()
        await Promise.all(Array.from({ length: concurrency }, lane))
      } catch (error) {
        options.onError(error, undefined)
        again = false
      }
    } while (again && !stopped)
  }

  const wake = (): void => {
    if (stopped) return
    again = true
    round ??= runRound().finally(() => {
      round = undefined
      if (again) wake() // woken between the last look and here
    })
  }

  return {
    start: () => {
      timer = setInterval(wake, pollMs)
      timer.unref()
      wake()
    },
    wake,
    async drain() {
      wake()
      while (round) await round
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await round
    },
  }
}
