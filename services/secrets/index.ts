import { randomUUID } from 'node:crypto'
import { canonicalJson } from '../canonicalJson.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import type { CollectionSpec, Store } from '../store/store.ts'
import { createSealer } from './seal.ts'
import type { Sealed } from './seal.ts'

export type SecretPurpose = 'temporary-access-pass' | 'temporary-password'

export interface NewSecret {
  value: string
  /** Entra object ids of those who may open it. */
  entitled: string[]
  requestId: string
  purpose: SecretPurpose
  expiresAt: Date
}

export interface OpenedSecret {
  /** Not enumerable: a log line or a JSON of the whole does not hold it. */
  readonly value: string
  purpose: SecretPurpose
  expiresAt: Date
}

/** Secrets that are shown once, to the one who may see them, and are gone then. */
export interface Secrets {
  seal(secret: NewSecret): Promise<{ id: string }>
  /**
   * Exactly once, whoever clicks how often.
   * @throws Refusal `secret_gone` (unknown, lapsed, discarded, or sealed with another key), `not_entitled`,
   * `secret_already_opened` with `at` (ISO) and `by` (object id)
   */
  open(id: string, by: string): Promise<OpenedSecret>
  /** For Latchkey itself: the value, while nobody has opened it. Changes nothing. */
  peek(id: string): Promise<string | undefined>
  /** Removes every secret of a request, opened or not. */
  discard(requestId: string): Promise<void>
  /** Undefined when it is unknown; a lapsed secret soon is. */
  state(id: string): Promise<{ opened?: { at: Date; by: string }; expired: boolean } | undefined>
}

interface SecretRecord {
  _id: string
  requestId: string
  purpose: SecretPurpose
  entitled: string[]
  expiresAt: Date
  /** Absent once it has been opened. */
  sealed?: Sealed
  opened?: { at: Date; by: string }
}

const spec: CollectionSpec = {
  name: 'secrets',
  indexes: [{ keys: { requestId: 1 } }, { keys: { expiresAt: 1 }, expireAfterSeconds: 0 }],
}

/** `key` has 32 bytes. @throws Error when it has not. */
export async function createSecrets({
  store,
  key,
  clock,
}: {
  store: Store
  key: Buffer
  clock: Clock
}): Promise<Secrets> {
  const sealer = createSealer(key)
  const records = await store.collection<SecretRecord>(spec)

  function unseal(record: SecretRecord): string {
    if (!record.sealed) throw new Refusal('secret_gone')
    try {
      return sealer.unseal(record.sealed, bound(record))
    } catch {
      // The reason could only be "tampered with or another key"; as a cause it would help nobody but an attacker.
      throw new Refusal('secret_gone')
    }
  }

  return {
    async seal({ value, ...rest }) {
      const record = { _id: randomUUID(), ...rest }
      await records.insert({ ...record, sealed: sealer.seal(value, bound(record)) })
      return { id: record._id }
    },

    async open(id, by) {
      const record = requireOpenable(await records.get(id), by, clock.now())
      const claim = { _id: id, entitled: by, opened: null, expiresAt: { $gt: clock.now() } }
      const opened = { at: clock.now(), by }
      // Claimed and erased in one update, and only then decrypted from the copy read before: there is no second time.
      const claimed = await records.update(claim, { $set: { opened }, $unset: { sealed: '' } })
      if (!claimed) {
        requireOpenable(await records.get(id), by, clock.now())
        throw new Refusal('secret_gone')
      }
      return concealed(unseal(record), record)
    },

    async peek(id) {
      const record = await records.get(id)
      return record?.sealed && record.expiresAt > clock.now() ? unseal(record) : undefined
    },

    async discard(requestId) {
      await records.remove({ requestId })
    },

    async state(id) {
      const record = await records.get(id)
      return record && { opened: record.opened, expired: record.expiresAt <= clock.now() }
    },
  }
}

function requireOpenable(record: SecretRecord | undefined, by: string, now: Date): SecretRecord {
  if (!record || record.expiresAt <= now) throw new Refusal('secret_gone')
  if (!record.entitled.includes(by)) throw new Refusal('not_entitled')
  const { opened } = record
  if (opened) throw new Refusal('secret_already_opened', { at: opened.at.toISOString(), by: opened.by })
  return record
}

// A ciphertext moved to another record, or a record given to another person, does not open.
function bound({ _id, requestId, purpose, entitled, expiresAt }: SecretRecord): string {
  return canonicalJson({ _id, requestId, purpose, entitled, expiresAt })
}

function concealed(value: string, { purpose, expiresAt }: SecretRecord): OpenedSecret {
  return Object.defineProperty({ purpose, expiresAt } as OpenedSecret, 'value', { value, enumerable: false })
}
