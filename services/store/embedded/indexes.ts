import type { CollectionSpec, Document, Query } from '../store.ts'
import { isPlainObject } from '../values.ts'
import { valueAt } from './paths.ts'

/** Finds candidates for a query without looking at every document. Whether they match is decided afterwards. */
export interface Indexes<T extends Document> {
  add(document: T): void
  remove(document: T): void
  /** Ids among which everything that matches is; undefined when no index helps. */
  candidates(query: Query): Set<string> | undefined
}

type Scalar = string | number | boolean

interface Bucket {
  kind: string
  value: Scalar
  ids: Set<string>
}

export function createIndexes<T extends Document>(spec: CollectionSpec, documents: T[]): Indexes<T> {
  const fields = new Set(spec.indexes.flatMap((index) => Object.keys(index.keys)))
  const indexes = new Map([...fields].map((path) => [path, createIndex(path)]))
  const all = {
    add: (document: T) => indexes.forEach((index) => index.add(document)),
    remove: (document: T) => indexes.forEach((index) => index.remove(document)),
    candidates(query: Query) {
      const sets = Object.entries(query).flatMap(([path, condition]) => {
        const found = path === '_id' ? idsIn(condition) : indexes.get(path)?.candidates(condition)
        return found ? [found] : []
      })
      return sets.sort((a, b) => a.size - b.size)[0]
    },
  }
  documents.forEach(all.add)
  return all
}

function createIndex(path: string) {
  const buckets = new Map<string, Bucket>()
  // Arrays and what lies behind them match in many ways: such a document is a candidate always.
  const others = new Set<string>()

  return {
    add(document: Document): void {
      const value = valueAt(document, path)
      const scalar = asScalar(value)
      if (scalar) {
        const bucket = buckets.get(keyOf(scalar)) ?? { ...scalar, ids: new Set() }
        buckets.set(keyOf(scalar), bucket)
        bucket.ids.add(document._id)
      } else if (value !== null && (value !== undefined || passesArray(document, path))) others.add(document._id)
    },
    remove(document: Document): void {
      others.delete(document._id)
      const scalar = asScalar(valueAt(document, path))
      const bucket = scalar && buckets.get(keyOf(scalar))
      bucket?.ids.delete(document._id)
      if (scalar && bucket?.ids.size === 0) buckets.delete(keyOf(scalar))
    },
    candidates(condition: unknown): Set<string> | undefined {
      const found = bucketsFor(condition, buckets)
      return found && new Set([...others, ...found.flatMap((bucket) => [...bucket.ids])])
    },
  }
}

function bucketsFor(condition: unknown, buckets: Map<string, Bucket>): Bucket[] | undefined {
  const equal = scalars([condition]) ?? (isPlainObject(condition) ? scalars(condition.$in) : undefined)
  if (equal) return equal.flatMap((scalar) => buckets.get(keyOf(scalar)) ?? [])
  const bounds = isPlainObject(condition) ? Object.entries(condition) : []
  if (bounds.length === 0) return undefined
  const tests = bounds.map(([operator, bound]) => within(operator, asScalar(bound)))
  if (tests.some((test) => test === undefined)) return undefined
  return [...buckets.values()].filter((bucket) => tests.every((test) => test?.(bucket)))
}

function within(operator: string, bound: Omit<Bucket, 'ids'> | undefined): ((bucket: Bucket) => boolean) | undefined {
  const compare = comparisons[operator]
  return bound && compare && (({ kind, value }) => kind === bound.kind && compare(value, bound.value))
}

const comparisons: Record<string, ((a: Scalar, b: Scalar) => boolean) | undefined> = {
  $gt: (a, b) => a > b,
  $gte: (a, b) => a >= b,
  $lt: (a, b) => a < b,
  $lte: (a, b) => a <= b,
}

function idsIn(condition: unknown): Set<string> | undefined {
  const ids: unknown = isPlainObject(condition) ? condition.$in : [condition]
  return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? new Set(ids) : undefined
}

function scalars(values: unknown): Omit<Bucket, 'ids'>[] | undefined {
  if (!Array.isArray(values)) return undefined
  const all = values.map(asScalar)
  return all.every((each) => each !== undefined) ? all : undefined
}

function asScalar(value: unknown): Omit<Bucket, 'ids'> | undefined {
  if (value instanceof Date) return { kind: 'date', value: value.getTime() }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: typeof value, value }
  }
  return undefined
}

function keyOf({ kind, value }: Omit<Bucket, 'ids'>): string {
  return `${kind}:${String(value)}`
}

function passesArray(document: Document, path: string): boolean {
  const keys = path.split('.')
  return keys.some((_, depth) => depth > 0 && Array.isArray(valueAt(document, keys.slice(0, depth).join('.'))))
}
