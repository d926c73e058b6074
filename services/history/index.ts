import type { Clock } from '../clock.ts'
import type { Collection, CollectionSpec, Store } from '../store/store.ts'
import { createAppend } from './append.ts'
import { checkpointSpec, createCheckpoints } from './checkpoint.ts'
import type { Checkpoints } from './checkpoint.ts'
import type { Fact, HistoryEntry, Link } from './entry.ts'
import { exported, search, walk } from './search.ts'
import type { HistoryQuery } from './search.ts'
import { verify } from './verify.ts'
import type { Verdict } from './verify.ts'

export type { Fact, HistoryEntry, HistoryKind } from './entry.ts'
export type { HistoryQuery } from './search.ts'
export type { Damage, Verdict } from './verify.ts'

/** Append-only facts, chained by hash: nobody can change, remove or slip in one without `verify` naming the place. */
export interface History {
  /** Resolves when it is stored. A fact whose `key` is known resolves to the entry that is there already. */
  append(fact: Fact): Promise<HistoryEntry>
  /** Newest first. */
  search(query: HistoryQuery): Promise<HistoryEntry[]>
  verify(): Promise<Verdict>
  /**
   * Removes the entries before the first that is as recent as `before`, and leaves a signed checkpoint in their place.
   * Resolves to how many it removed. @throws Error when there is no key to sign with.
   */
  prune(before: Date): Promise<number>
  /** NDJSON lines, oldest first. */
  export(query: HistoryQuery): AsyncIterable<string>
}

export interface HistoryOptions {
  store: Store
  clock: Clock
  /** Signs the checkpoints that pruning leaves (32 bytes or more). Without it history is never pruned. */
  key?: Buffer
}

const entriesSpec: CollectionSpec = {
  name: 'history',
  indexes: [
    { keys: { seq: 1 }, unique: true },
    { keys: { key: 1 }, unique: true, sparse: true },
    { keys: { requestId: 1 } },
    { keys: { 'actor.id': 1 } },
    { keys: { 'subject.id': 1 } },
    { keys: { at: 1 } },
  ],
}

export async function createHistory({ store, clock, key }: HistoryOptions): Promise<History> {
  const entries = await store.collection<HistoryEntry>(entriesSpec)
  const checkpoints = createCheckpoints(await store.collection(checkpointSpec), key)
  await removeThrough(entries, await checkpoints.read())
  return {
    append: createAppend({ entries, checkpoints, clock }),
    search: (query) => search(entries, query),
    verify: () => verify(entries, checkpoints),
    prune: (before) => prune({ entries, checkpoints, now: clock.now() }, before),
    export: (query) => exported(entries, query),
  }
}

async function prune(
  { entries, checkpoints, now }: { entries: Collection<HistoryEntry>; checkpoints: Checkpoints; now: Date },
  before: Date,
): Promise<number> {
  let last: Link | undefined
  for await (const entry of walk(entries, {})) {
    if (entry.at >= before) break
    last = entry
  }
  if (!last) return 0
  // Checkpoint first: cut off here, entries are left over that the next start removes, and the chain holds meanwhile.
  await checkpoints.write(last, now)
  return removeThrough(entries, last)
}

async function removeThrough(entries: Collection<HistoryEntry>, link: Link | undefined): Promise<number> {
  return link && link.seq > 0 ? entries.remove({ seq: { $lte: link.seq } }) : 0
}
