import { randomUUID } from 'node:crypto'
import { setImmediate as turnIsOver } from 'node:timers/promises'
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
  /**
   * Advances the document by one move; its last save sets the next `dueAt` and gives the lease back, in one update. It may
   * be cut off anywhere and come again.
   */
  advance(document: T): Promise<void>
  /** Waited for before each round: whoever is more urgent goes first. */
  courtesy?(): Promise<void>
  /** Runs before each round of claims, e.g. to tell what changed; true when there is more of it, so that another round follows. */
  before?(): Promise<boolean>
  onError(error: unknown, document: T | undefined): void
  /** No other process works on the store: whatever is leased at the start was in the hands of one that died. */
  alone?: boolean
  leaseMs?: number
  pollMs?: number
  concurrency?: number
}

export interface Worker {
  /** Begins to poll. Waking makes the usual case instant; polling makes it certain. */
  start(): void
  /** Something may have become due: look, as soon as what is running now has been answered. With `at`, look then as well. */
  wake(at?: Date | null): void
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
  const { collection, clock, leaseMs = 30_000, pollMs = 5_000, concurrency = 4 } = options
  const inHand = new Set<Promise<void>>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false

  const later = (ms: number) => new Date(clock.now().getTime() + ms)

  const claim = (): Promise<T | undefined> => {
    const now = clock.now()
    const free = { $or: [{ lease: null }, { 'lease.until': { $lte: now } }] }
    // Every claim is an owner of its own: one that overslept its lease must not pass for the one that came after it.
    const owner = randomUUID()
    return collection.update(
      { dueAt: { $lte: now }, ...free },
      { $set: { lease: { owner, until: later(leaseMs) } } },
      { sort: { dueAt: 1 } },
    )
  }

  const work = async (document: T): Promise<void> => {
    const held = { _id: document._id, 'lease.owner': document.lease?.owner }
    const beat = setInterval(() => {
      collection
        .update(held, { $set: { 'lease.until': later(leaseMs) } })
        .catch((e: unknown) => options.onError(e, document))
    }, leaseMs / 3)
    try {
      await options.advance(document)
      // For a move that found nothing to save.
      await collection.update(held, { $set: { lease: null } })
    } catch (error) {
      options.onError(error, document)
      await collection.update(held, { $set: { lease: null, dueAt: later(ERROR_PAUSE_MS) } })
    } finally {
      clearInterval(beat)
    }
  }

  const begin = (document: T): void => {
    const job = work(document)
      .catch((error: unknown) => options.onError(error, document))
      .finally(() => {
        inHand.delete(job)
        wake()
      })
    inHand.add(job)
  }

  // Only this looks and claims, and it waits for nothing that is in hand: one that is slow holds up nobody else.
  const look = async (): Promise<void> => {
    do {
      again = false
      await options.courtesy?.()
      if (await options.before?.()) again = true
      while (!stopped && inHand.size < concurrency) {
        const document = await claim()
        if (!document) break
        begin(document)
      }
    } while (again && !stopped)
  }

  // A retry in half a second must not wait for the next poll; what is further off can.
  const wakeAt = (at: Date): void => {
    const ms = at.getTime() - clock.now().getTime()
    if (timer && ms > 0 && ms < pollMs) setTimeout(() => wake(), ms).unref()
  }

  const wake = (at?: Date | null): void => {
    if (at) wakeAt(at)
    again = true
    if (stopped || looking) return
    looking = turnIsOver()
      .then(look)
      .catch((error: unknown) => {
        options.onError(error, undefined)
        again = false
      })
      .finally(() => {
        looking = undefined
        if (again) wake() // woken between the last look and here
      })
  }

  const idle = async (): Promise<void> => {
    while (looking || inHand.size > 0) await Promise.all([looking, ...inHand])
  }

  return {
    start: () => {
      timer = setInterval(() => wake(), pollMs)
      timer.unref()
      const freed = options.alone
        ? collection.updateMany({ lease: { $ne: null } }, { $set: { lease: null } })
        : undefined
      Promise.resolve(freed)
        .catch((error: unknown) => options.onError(error, undefined))
        .finally(wake)
    },
    wake,
    async drain() {
      wake()
      await idle()
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await idle()
      await options.before?.().catch((error: unknown) => options.onError(error, undefined))
    },
  }
}
