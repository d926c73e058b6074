import { createRequire } from 'node:module'
import type * as SortedBTree from 'sorted-btree'
import type { CollectionSpec, Document, Query, Sort } from '../store.ts'
import { isPlainObject } from '../values.ts'
import { inOrder, NOTHING, type Ranked, ranked } from './order.ts'
import { valueAt } from './paths.ts'

/** Finds candidates for a query without looking at every document. Whether they match is decided afterwards. */
export interface Indexes<T extends Document> {
  add(document: T): void
  remove(document: T): void
  /** Ids among which everything that matches is; undefined when no index helps. */
  candidates(query: Query): Iterable<string> | undefined
  /** As `candidates`, in the order of the sort; undefined when no index is in that order, or another one finds fewer. */
  ordered(query: Query, sort: Sort): Iterable<string> | undefined
}

// Its default export means one thing to Node and another to a bundler.
const { default: BTree } = createRequire(import.meta.url)('sorted-btree') as typeof SortedBTree.default

export function createIndexes<T extends Document>(spec: CollectionSpec): Indexes<T> {
  const fields = new Set(spec.indexes.flatMap((index) => Object.keys(index.keys)))
  const indexes = new Map([...fields].map((path) => [path, createIndex(path)]))

  function best(query: Query): { path: string; ids: Set<string> } | undefined {
    const found = Object.entries(query).flatMap(([path, condition]) => {
      const ids = path === '_id' ? idsIn(condition) : indexes.get(path)?.candidates(condition)
      return ids ? [{ path, ids }] : []
    })
    return found.sort((a, b) => a.ids.size - b.ids.size)[0]
  }

  return {
    add: (document) => indexes.forEach((index) => index.add(document)),
    remove: (document) => indexes.forEach((index) => index.remove(document)),
    candidates: (query) => best(query)?.ids,
    ordered(query, sort) {
      const [[path, direction] = ['', 1 as const], ...more] = Object.entries(sort)
      const others = Object.keys(query).filter((key) => key === '_id' || (key !== path && indexes.has(key)))
      if (more.length > 0 || others.length > 0) return undefined
      return indexes.get(path)?.ordered(query[path], direction)
    },
  }
}

function createIndex(path: string) {
  const tree = new BTree<Ranked, Set<string>>(undefined, inOrder)
  // Arrays and what lies behind them match in many ways: such a document is a candidate always.
  const others = new Set<string>()

  const placeOf = (document: Document): Ranked | undefined => {
    const value = valueAt(document, path)
    return value === undefined && passesArray(document, path) ? undefined : ranked(value)
  }

  return {
    add(document: Document): void {
      const place = placeOf(document)
      const ids = place ? (tree.get(place) ?? new Set<string>()) : others
      if (place) tree.set(place, ids)
      ids.add(document._id)
    },
    remove(document: Document): void {
      others.delete(document._id)
      const place = placeOf(document)
      const ids = place && tree.get(place)
      ids?.delete(document._id)
      if (place && ids?.size === 0) tree.delete(place)
    },
    candidates(condition: unknown): Set<string> | undefined {
      const equal = equalTo(condition)
      if (equal) return new Set([...others, ...equal.flatMap((place) => [...(tree.get(place) ?? [])])])
      const range = rangeOf(condition)
      return range && new Set([...others, ...within(range, 1)])
    },
    ordered(condition: unknown, direction: 1 | -1): Iterable<string> | undefined {
      if (others.size > 0) return undefined
      const range = condition === undefined ? EVERYTHING : rangeOf(condition)
      return range && within(range, direction)
    },
  }

  function* within({ low, high, includes }: Range, direction: 1 | -1): Generator<string> {
    const pairs = direction === 1 ? tree.entries(low) : tree.entriesReversed(high)
    for (const [place, ids] of pairs) {
      if (direction === 1 ? inOrder(place, high) > 0 : inOrder(place, low) < 0) return
      if (includes(place)) yield* ids
    }
  }
}

/** Everything that `includes` accepts lies between `low` and `high`. */
interface Range {
  low: Ranked
  high: Ranked
  includes(place: Ranked): boolean
}

const EVERYTHING: Range = {
  low: { rank: -Infinity, value: 0 },
  high: { rank: Infinity, value: 0 },
  includes: () => true,
}

function equalTo(condition: unknown): Ranked[] | undefined {
  const wanted = isPlainObject(condition) ? condition.$in : [condition]
  if (!Array.isArray(wanted)) return undefined
  const places = wanted.map(ranked)
  // What is null is many things: a list may hold it.
  return places.every((place) => place !== undefined && place.rank !== NOTHING) ? (places as Ranked[]) : undefined
}

function rangeOf(condition: unknown): Range | undefined {
  const bounds = isPlainObject(condition) ? Object.entries(condition) : []
  const tests = bounds.map(([operator, bound]) => [operator, ranked(bound)] as const)
  const rank = tests[0]?.[1]?.rank
  if (rank === undefined || rank === NOTHING) return undefined
  let low: Ranked = { rank: rank - 0.5, value: 0 }
  let high: Ranked = { rank: rank + 0.5, value: 0 }
  for (const [operator, bound] of tests) {
    if (bound?.rank !== rank || !COMPARISONS[operator]) return undefined
    if (operator.startsWith('$g')) low = bound
    else high = bound
  }
  return {
    low,
    high,
    includes: (place) => tests.every(([operator, bound]) => bound && COMPARISONS[operator]?.(inOrder(place, bound))),
  }
}

const COMPARISONS: Record<string, ((order: number) => boolean) | undefined> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
}

function idsIn(condition: unknown): Set<string> | undefined {
  const ids: unknown = isPlainObject(condition) ? condition.$in : [condition]
  return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? new Set(ids) : undefined
}

function passesArray(document: Document, path: string): boolean {
  const keys = path.split('.')
  return keys.some((_, depth) => depth > 0 && Array.isArray(valueAt(document, keys.slice(0, depth).join('.'))))
}
