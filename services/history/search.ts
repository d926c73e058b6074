import { canonicalJson } from '../canonicalJson.ts'
import type { Collection, Query } from '../store/store.ts'
import type { HistoryEntry } from './entry.ts'

export interface HistoryQuery {
  requestId?: string
  /** Part of a name, a user principal name or a request id, in either case. */
  text?: string
  actorId?: string
  subjectId?: string
  since?: Date
  until?: Date
  /** At most this many, 50 unless told, 500 at most. An export has no limit unless told. */
  limit?: number
  /** Only entries with a lower `seq`: the last of a page asks for the next. */
  before?: number
}

const pageSize = 500

/** Newest first. */
export async function search(entries: Collection<HistoryEntry>, query: HistoryQuery): Promise<HistoryEntry[]> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), pageSize)
  return entries.find(filter(query), { sort: { seq: -1 }, limit })
}

/** The same entries, oldest first, one line of canonical JSON each: what each `hash` is made of can be checked by anyone. */
export async function* exported(entries: Collection<HistoryEntry>, query: HistoryQuery): AsyncIterable<string> {
  let left = query.limit ?? Infinity
  for await (const entry of walk(entries, { query: filter(query) })) {
    if (left-- <= 0) return
    yield `${canonicalJson(entry)}\n`
  }
}

/** Entries oldest first, a page of numbers in memory at a time. */
export async function* walk(
  entries: Collection<HistoryEntry>,
  { query = {}, after = 0 }: { query?: Query; after?: number },
): AsyncIterable<HistoryEntry> {
  const [last] = await entries.find({}, { sort: { seq: -1 }, limit: 1 })
  for (let from = after; from < (last?.seq ?? 0); from += pageSize) {
    const page = await entries.find({ $and: [query], seq: { $gt: from, $lte: from + pageSize } }, { sort: { seq: 1 } })
    yield* page
    if (page.length > 0) continue
    // Nothing here: go on where there is something, however far off somebody has put it.
    const [next] = await entries.find({ $and: [query], seq: { $gt: from } }, { sort: { seq: 1 }, limit: 1 })
    if (!next) return
    from = next.seq - 1 - pageSize
  }
}

function filter({ requestId, text, actorId, subjectId, since, until, before }: HistoryQuery): Query {
  return {
    ...(requestId && { requestId }),
    ...(actorId && { 'actor.id': actorId }),
    ...(subjectId && { 'subject.id': subjectId }),
    ...((since ?? until) && { at: { ...(since && { $gte: since }), ...(until && { $lte: until }) } }),
    ...(before !== undefined && { seq: { $lt: before } }),
    ...(text?.trim() && { $or: anywhere(text.trim()) }),
  }
}

function anywhere(text: string): Query[] {
  const pattern = { $regex: text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), $options: 'i' }
  return ['subject.name', 'subject.userPrincipalName', 'requestId', 'actor.name'].map((field) => ({ [field]: pattern }))
}
