import { isDeepStrictEqual } from 'node:util'
import { DuplicateKey, StoreUnreachable } from '../store.ts'
import type { Change, Collection, CollectionSpec, Document, Query, Sort } from '../store.ts'
import { definite, detached, storable, storableChange } from '../values.ts'
import { changed, upserted } from './changing.ts'
import { createCommits } from './commits.ts'
import { type Entry, openJournal } from './journal.ts'
import { aggregated, matcherFor, sorted, type Test } from './matching.ts'
import { valueAt } from './paths.ts'
import { createRecords } from './records.ts'

export interface EmbeddedCollection<T extends Document> extends Collection<T> {
  /** Removes what its TTL index says has lapsed. */
  sweep(now: Date): Promise<void>
  /** Resolves when every change begun is on disk; later ones are refused. */
  close(): Promise<void>
}

export async function openCollection<T extends Document>(
  spec: CollectionSpec,
  filename?: string,
): Promise<EmbeddedCollection<T>> {
  const journal = filename ? await openJournal<T>(spec, filename) : undefined
  const records = createRecords<T>(spec, journal?.documents ?? [])
  const commits = createCommits(commit)
  /** What the changes since the last commit have changed, and what was there before. */
  let changes: { entry: Entry<T>; before: T | undefined }[] = []
  let closed = false

  // Reading what is there and writing what shall be is one job, so that no other change comes between them. The next one
  // and whoever reads see it before it is on disk, as they do in MongoDB; whoever changed it is told afterwards.
  function change<R>(job: () => Promise<R>): Promise<R> {
    if (closed) throw new StoreUnreachable('The store is closed.')
    return commits.add(job)
  }

  function set(id: string, document: T | undefined): void {
    changes.push({ entry: { id, document }, before: records.get(id) })
    records.set(id, document)
  }

  async function commit(): Promise<void> {
    const made = changes
    changes = []
    if (made.length === 0) return
    try {
      await journal?.append(made.map(({ entry }) => entry))
    } catch (error) {
      for (const { entry, before } of made.reverse()) records.set(entry.id, before)
      throw error
    }
  }

  async function select(query: Query, options: { sort?: Sort; limit?: number; skip?: number } = {}): Promise<T[]> {
    const { sort, skip = 0, limit = Infinity } = options
    const isMatch = await matcherFor(definite(query))
    const inOrder = sort && limit < Infinity ? records.ordered(query, { sort, count: skip + limit }) : undefined
    if (inOrder) return firstOf(inOrder, { isMatch, count: skip + limit }).slice(skip)
    const found = [...records.candidates(query)].filter(isMatch)
    return (await sorted(found, sort)).slice(skip, skip + limit)
  }

  async function requireFree(document: T, before?: T): Promise<void> {
    if (document._id !== before?._id && records.get(document._id)) throw new DuplicateKey(spec.name)
    for (const { keys, unique, sparse } of spec.indexes) {
      if (!unique) continue
      const values = Object.keys(keys).map((path) => [path, valueAt(document, path)] as const)
      if (before && values.every(([path, value]) => isDeepStrictEqual(value, valueAt(before, path)))) continue
      if (sparse && values.every(([, value]) => value === undefined)) continue
      // Absent is null to a unique index. Of a list, each value is taken.
      const taken: Query = { _id: { $ne: document._id } }
      for (const [path, value] of values) taken[path] = Array.isArray(value) ? { $in: value } : (value ?? null)
      const others = await select(taken)
      if (others.length > 0) throw new DuplicateKey(spec.name)
    }
  }

  async function removeNow(query: Query): Promise<number> {
    const found = await select(query)
    for (const { _id } of found) set(_id, undefined)
    return found.length
  }

  async function replace(before: T, next: T): Promise<void> {
    // What changes nothing costs no write, as in MongoDB.
    if (isDeepStrictEqual(before, next)) return
    await requireFree(next, before)
    set(next._id, next)
  }

  async function updateNow(query: Query, operators: Change, options: { sort?: Sort; upsert?: boolean }) {
    const [first] = await select(query, { sort: options.sort, limit: 1 })
    if (!first && !options.upsert) return undefined
    const next = first ? changed(first, operators, query) : upserted<T>(query, operators)
    if (first) await replace(first, next)
    else await insertNow(next)
    return next
  }

  async function insertNow(document: T): Promise<void> {
    await requireFree(document)
    set(document._id, document)
  }

  return {
    async insert(document) {
      const copy = storable(document)
      await change(() => insertNow(copy))
      return copy
    },
    get: async (id) => records.get(id),
    find: select,
    update: async (query, operators, options = {}) => {
      const copy = storableChange(operators)
      return change(() => updateNow(query, copy, options))
    },
    updateMany: async (query, operators) => {
      const copy = storableChange(operators)
      return change(async () => {
        const found = await select(query)
        for (const document of found) await replace(document, changed(document, copy, query))
        return found.length
      })
    },
    remove: async (query) => change(() => removeNow(query)),
    count: async (query) => records.count(definite(query)) ?? (await select(query)).length,
    aggregate: async <R>(pipeline: Record<string, unknown>[]) =>
      aggregated<R>((await select({})).map(detached), definite(pipeline)),
    sweep: async (now) => {
      for (const lapsed of lapsedQueries(spec, now)) await change(() => removeNow(lapsed))
    },
    close: () => {
      closed = true
      return commits.add(async () => undefined)
    },
  }
}

function firstOf<T extends Document>(all: Iterable<T>, { isMatch, count }: { isMatch: Test; count: number }): T[] {
  const found: T[] = []
  for (const one of all) {
    if (found.length >= count) break
    if (isMatch(one)) found.push(one)
  }
  return found
}

function lapsedQueries(spec: CollectionSpec, now: Date): Query[] {
  return spec.indexes.flatMap(({ keys, expireAfterSeconds }) => {
    const [field] = Object.keys(keys)
    if (expireAfterSeconds === undefined || !field) return []
    return [{ [field]: { $lte: new Date(now.getTime() - expireAfterSeconds * 1000) } }]
  })
}
