import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '../canonicalJson.ts'
import type { Collection, CollectionSpec } from '../store/store.ts'
import { genesis } from './entry.ts'
import type { Link } from './entry.ts'

/** Where the kept part of the chain begins: the last entry that was pruned. Without the key nobody can make one. */
interface Checkpoint extends Link {
  _id: 'checkpoint'
  prunedAt: Date
  mac: string
}

export const checkpointSpec: CollectionSpec = { name: 'historyCheckpoints', indexes: [] }

export interface Checkpoints {
  /** The link before the first kept entry; `undefined` where the checkpoint is not one that was signed with our key. */
  read(): Promise<Link | undefined>
  /** @throws Error when there is no key to sign with. */
  write(link: Link, now: Date): Promise<void>
}

export function createCheckpoints(collection: Collection<Checkpoint>, key: Buffer | undefined): Checkpoints {
  return {
    async read() {
      const found = await collection.get('checkpoint')
      if (!found) return genesis
      return isSigned(found, key) ? { seq: found.seq, hash: found.hash } : undefined
    },
    async write({ seq, hash }, prunedAt) {
      if (!key) throw new Error('History is pruned only where a checkpoint can be signed: set SECRET_KEY.')
      const mac = sign({ seq, hash, prunedAt }, key).toString('hex')
      await collection.update({ _id: 'checkpoint' }, { $set: { seq, hash, prunedAt, mac } }, { upsert: true })
    },
  }
}

function isSigned({ mac, seq, hash, prunedAt }: Checkpoint, key: Buffer | undefined): boolean {
  const given = Buffer.from(mac, 'hex')
  const expected = key ? sign({ seq, hash, prunedAt }, key) : Buffer.alloc(0)
  return given.length === expected.length && given.length > 0 && timingSafeEqual(given, expected)
}

function sign(content: Link & { prunedAt: Date }, key: Buffer): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'latchkey history checkpoint', 32))
  return createHmac('sha256', derived).update(canonicalJson(content)).digest()
}
