import type { Collection } from '../store/store.ts'
import { hashOf } from './entry.ts'
import type { HistoryEntry } from './entry.ts'
import type { Checkpoints } from './checkpoint.ts'
import { walk } from './search.ts'

/**
 * `missing`: an entry that should be there is not. `altered`: an entry's content is not what was hashed. `relinked`:
 * an entry does not follow the one before it (either may have been replaced). `forged-checkpoint`: the mark that
 * pruning left was not signed with our key, or the key (SECRET_KEY) has been changed since.
 */
export type Damage = 'missing' | 'altered' | 'relinked' | 'forged-checkpoint'

/**
 * `entries` were found in order; `head` is the hash of the last, worth keeping outside: a later history that no longer
 * holds it has been cut off or rewritten.
 */
export type Verdict =
  | { ok: true; entries: number; head: string | undefined }
  | { ok: false; entries: number; brokenAt: number; reason: Damage }

export async function verify(entries: Collection<HistoryEntry>, checkpoints: Checkpoints): Promise<Verdict> {
  const start = await checkpoints.read()
  if (!start) return { ok: false, entries: 0, brokenAt: 0, reason: 'forged-checkpoint' }
  let { seq, hash } = start
  let count = 0
  for await (const entry of walk(entries, { after: start.seq })) {
    const reason = damage(entry, { seq, hash })
    if (reason) return { ok: false, entries: count, brokenAt: seq + 1, reason }
    seq = entry.seq
    hash = entry.hash
    count += 1
  }
  return { ok: true, entries: count, head: seq > 0 ? hash : undefined }
}

function damage(entry: HistoryEntry, before: { seq: number; hash: string }): Damage | undefined {
  if (entry.seq !== before.seq + 1) return 'missing'
  if (hashOf(entry) !== entry.hash) return 'altered'
  if (entry.prevHash !== before.hash) return 'relinked'
  return undefined
}
