import { canonicalJson, sha256Hex } from '../canonicalJson.ts'
import { storable } from '../store/values.ts'

export type HistoryKind =
  | 'request.created'
  | 'request.approved'
  | 'request.rejected'
  | 'request.reassigned'
  | 'request.withdrawn'
  | 'request.expired'
  | 'request.scheduled'
  | 'request.started'
  | 'request.finished'
  | 'request.drifted'
  | 'request.retried'
  | 'approver.not_reached'
  | 'decision.struck'
  | 'request.undone'
  | 'step.finished'
  | 'step.ticked'
  | 'secret.revealed'
  | 'secret.renewed'
  | 'directory.connected'
  | 'directory.disconnected'
  | 'history.exported'
  | 'history.pruned'

/** Something that happened. Never holds a secret. */
export interface Fact {
  kind: HistoryKind
  actor: { kind: 'person'; id: string; name: string } | { kind: 'latchkey' }
  /** The Entra tenant id. */
  directoryId: string
  requestId?: string
  subject?: { id?: string; name: string; userPrincipalName?: string }
  data: Record<string, string | number | boolean | null | string[]>
  /** When it happened; now, unless it is told late. */
  at?: Date
  /** Told twice under one key, it is one entry. */
  key?: string
}

/** A fact in its place in the chain. */
export interface HistoryEntry extends Fact {
  /** `seq` as text. */
  _id: string
  /** 1, 2, 3 …, without gaps: two writers cannot both append after the same entry. */
  seq: number
  at: Date
  prevHash: string
  /** SHA-256, hexadecimal, over the canonical JSON of everything else in the entry. */
  hash: string
}

/** The end of a chain: what the next entry is linked to. */
export interface Link {
  seq: number
  hash: string
}

export const genesis: Link = { seq: 0, hash: '0'.repeat(64) }

export function chained(fact: Fact, at: Date, previous: Link): HistoryEntry {
  const seq = previous.seq + 1
  // The store's own copy is hashed, so that what is read back has the same hash.
  const entry = storable({ ...fact, at: fact.at ?? at, _id: String(seq), seq, prevHash: previous.hash })
  return { ...entry, hash: hashOf(entry) }
}

export function hashOf(entry: Omit<HistoryEntry, 'hash'> & { hash?: string }): string {
  return sha256Hex(canonicalJson({ ...entry, hash: undefined }))
}
