import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { createQueue } from '../queue.ts'
import { DuplicateKey } from '../store/store.ts'
import type { Collection } from '../store/store.ts'
import type { Checkpoints } from './checkpoint.ts'
import { chained, genesis } from './entry.ts'
import type { Fact, HistoryEntry, Link } from './entry.ts'

interface Deps {
  entries: Collection<HistoryEntry>
  checkpoints: Checkpoints
  clock: Clock
}

/** Other processes may be quicker some times in a row, but not this often. */
const maxAttempts = 100

export function createAppend({ entries, checkpoints, clock }: Deps): (fact: Fact) => Promise<HistoryEntry> {
  // The end of the chain as last seen. When it is out of date the unique `seq` says so, and it is read again.
  let end: Link | undefined
  const enqueue = createQueue()

  async function readEnd(): Promise<Link> {
    const [last] = await entries.find({}, { sort: { seq: -1 }, limit: 1 })
    const checkpoint = (await checkpoints.read()) ?? genesis
    return last && last.seq > checkpoint.seq ? last : checkpoint
  }

  async function appendNow(fact: Fact): Promise<HistoryEntry> {
    for (let attempt = 1; ; attempt++) {
      const [told] = fact.key === undefined ? [] : await entries.find({ key: fact.key }, { limit: 1 })
      if (told) return told
      end ??= await readEnd()
      try {
        const entry = await entries.insert(chained(fact, clock.now(), end))
        end = { seq: entry.seq, hash: entry.hash }
        return entry
      } catch (error) {
        end = undefined
        if (!(error instanceof DuplicateKey) || attempt === maxAttempts) throw error
        await sleep(Math.random() * Math.min(100, 2 ** attempt))
      }
    }
  }

  return (fact) => enqueue(() => appendNow(fact))
}
