import { isDeepStrictEqual } from 'node:util'
import { DuplicateKey, StoreUnreachable } from '../store.ts'
import type { Change, Collection, CollectionSpec, Document, Query, Sort } from '../store.ts'
import { definite, detached, storable, storableChange } from '../values.ts'
import { changed, upserted } from './changing.ts'
import { createQueue } from '../../queue.ts'
import { openRecords } from './records.ts'
import { aggregated, matching, sorted } from './matching.ts'
import { valueAt } from './paths.ts'

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
  const records = await openRecords<T>(spec, filename)
  // Reading what is there and writing what shall be is one job, so that no other change comes between them.
  const enqueue = createQueue()
  let closed = false

  function change<R>(job: () => Promise<R>): Promise<R> {
    if (closed) throw new StoreUnreachable('The store is closed.')
    return enqueue(job)
  }

  async function select(query: Query, options: { sort?: Sort; limit?: number; skip?: number } = {}): Promise<T[]> {
    const found = await matching(records.candidates(definite(query)), query)
    const { skip = 0, limit = Infinity } = options
    return (await sorted(found, options.sort)).slice(skip, skip + limit)
  }

  // To MongoDB an absent value is null, also in a unique index; to NeDB's indexes these are two values.
  async function requireFree(document: T): Promise<void> {
    for (const { keys, unique, sparse } of spec.indexes) {
      const values = Object.keys(keys).map((path) => [path, valueAt(document, path) ?? null] as const)
      if (!unique || sparse || values.every(([, value]) => value !== null)) continue
      const [other] = await select({ ...Object.fromEntries(values), _id: { $ne: document._id } })
      if (other) throw new DuplicateKey(spec.name)
    }
  }

  async function removeNow(query: Query): Promise<number> {
    const found = await select(query)
    await records.remove(found)
    return found.length
  }

  async function updateNow(query: Query, operators: Change, options: { sort?: Sort; upsert?: boolean }) {
    const [first] = await select(query, { sort: options.sort, limit: 1 })
    if (!first && !options.upsert) return undefined
    const next = first ? changed(first, operators, query) : upserted<T>(query, operators)
    // What changes nothing costs no write, as in MongoDB.
    if (first && isDeepStrictEqual(first, next)) return next
    await requireFree(next)
    await (first ? records.replace(first, next) : records.insert(next))
    return next
  }

  return {
    async insert(document) {
      const copy = storable(document)
      await change(async () => {
        await requireFree(copy)
        await records.insert(copy)
      })
      return detached(copy)
    },
    async get(id) {
      const document = records.get(id)
      return document && detached(document)
    },
    find: async (query, options) => (await select(query, options)).map(detached),
    update: async (query, operators, options = {}) => {
      const copy = storableChange(operators)
      const updated = await change(() => updateNow(query, copy, options))
      return updated && detached(updated)
    },
    updateMany: async (query, operators) => {
      const copy = storableChange(operators)
      return change(async () => {
        const found = await select(query)
        for (const document of found) {
          const next = changed(document, copy, query)
          if (isDeepStrictEqual(document, next)) continue
          await requireFree(next)
          await records.replace(document, next)
        }
        return found.length
      })
    },
    remove: async (query) => change(() => removeNow(query)),
    count: async (query) => (await select(query)).length,
    aggregate: async <R>(pipeline: Record<string, unknown>[]) =>
      aggregated<R>((await select({})).map(detached), definite(pipeline)),
    sweep: async (now) => {
      for (const lapsed of lapsedQueries(spec, now)) await change(() => removeNow(lapsed))
    },
    close: () => {
      closed = true
      return enqueue(async () => undefined)
    },
  }
}

function lapsedQueries(spec: CollectionSpec, now: Date): Query[] {
  return spec.indexes.flatMap(({ keys, expireAfterSeconds }) => {
    const [field] = Object.keys(keys)
    if (expireAfterSeconds === undefined || !field) return []
    return [{ [field]: { $lte: new Date(now.getTime() - expireAfterSeconds * 1000) } }]
  })
}
