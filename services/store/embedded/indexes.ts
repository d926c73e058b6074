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
  /** As `candidates`, in the order of the sort; undefined when no index is in that order, or to look so would take longer. */
  ordered(query: Query, wanted: { sort: Sort; count: number }): Iterable<string> | undefined
  /** How many match, where an index knows without looking at any. */
  count(query: Query): number | undefined
}

/** What an index finds for a condition. */
interface Found {
  /** Exact up to `most`, more than it otherwise. */
  count(most: number): number
  ids(): Iterable<string>
}

// Its default export means one thing to Node and another to a bundler.
const { default: BTree } = createRequire(import.meta.url)('sorted-btree') as typeof SortedBTree.default

export function createIndexes<T extends Document>(spec: CollectionSpec): Indexes<T> {
  const fields = new Set(spec.indexes.flatMap((index) => Object.keys(index.keys)))
  const indexes = new Map([...fields].map((path) => [path, createIndex(path)]))
  let size = 0

  function best(query: Query): { path: string; count: number; ids: Found['ids'] } | undefined {
    let least: ReturnType<typeof best>
    for (const [path, condition] of Object.entries(query)) {
      const found = path === '_id' ? idsIn(condition) : indexes.get(path)?.find(condition)
      const count = found?.count(least?.count ?? Infinity)
      if (found && count !== undefined && !(least && least.count <= count)) least = { path, count, ids: found.ids }
    }
    return least
  }

  return {
    add(document) {
      size += 1
      indexes.forEach((index) => index.add(document))
    },
    remove(document) {
      size -= 1
      indexes.forEach((index) => index.remove(document))
    },
    candidates: (query) => best(query)?.ids(),
    ordered(query, { sort, count }) {
      const [[path, direction] = ['', 1 as const], ...more] = Object.entries(sort)
      const index = more.length === 0 ? indexes.get(path) : undefined
      if (!index) return undefined
      const least = best(query)
      // Were those that match spread evenly, so many had to be passed to meet enough of them.
      const isLonger = least && least.path !== path && (count * size) / least.count > least.count
      return isLonger ? undefined : index.ordered(query[path], direction)
    },
    count(query) {
      const [[path, condition] = ['', undefined], ...more] = Object.entries(query)
      return more.length === 0 ? indexes.get(path)?.count(condition) : undefined
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

  function* within({ low, high, includes }: Range, direction: 1 | -1): Generator<string> {
    const pairs = direction === 1 ? tree.entries(low) : tree.entriesReversed(high)
    for (const [place, ids] of pairs) {
      if (direction === 1 ? inOrder(place, high) > 0 : inOrder(place, low) < 0) return
      if (includes(place)) yield* ids
    }
  }

  function foundAt(places: Ranked[]): Found {
    const sets = [others, ...places.flatMap((place) => tree.get(place) ?? [])]
    return {
      count: () => sets.reduce((sum, { size }) => sum + size, 0),
      // A value that is asked for twice is found once.
      ids: () => new Set(sets.flatMap((set) => [...set])),
    }
  }

  function foundWithin(range: Range): Found {
    const ids = (): string[] => [...others, ...within(range, 1)]
    return {
      ids,
      count(most) {
        let count = others.size
        for (const _ of within(range, 1)) if (++count > most) break
        return count
      },
    }
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
    find(condition: unknown): Found | undefined {
      const places = placesIn(condition)
      if (places) return foundAt(places)
      const range = rangeOf(condition)
      return range && foundWithin(range)
    },
    ordered(condition: unknown, direction: 1 | -1): Iterable<string> | undefined {
      if (others.size > 0) return undefined
      const range = condition === undefined ? EVERYTHING : rangeOf(condition)
      return range && within(range, direction)
    },
    count(condition: unknown): number | undefined {
      const place = others.size === 0 ? ranked(condition) : undefined
      return place && place.rank !== NOTHING ? (tree.get(place)?.size ?? 0) : undefined
    },
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

function placesIn(condition: unknown): Ranked[] | undefined {
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

function idsIn(condition: unknown): Found | undefined {
  const ids: unknown = isPlainObject(condition) ? condition.$in : [condition]
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return undefined
  const once = new Set(ids)
  return { count: () => once.size, ids: () => once }
}

function passesArray(document: Document, path: string): boolean {
  const keys = path.split('.')
  return keys.some((_, depth) => depth > 0 && Array.isArray(valueAt(document, keys.slice(0, depth).join('.'))))
}
