import { Query as Matcher } from 'mingo/query'
import type { AnyObject } from 'mingo/types'
import type { Document, Query, Sort } from '../store.ts'
import { isPlainObject } from '../values.ts'
import { mongoLike } from './nullness.ts'
import { valueAt } from './paths.ts'

// MongoDB's filters, sort order and pipelines over plain objects, as mingo speaks them. Its expressions and pipelines are
// loaded when one is asked for: they take as long as a tenth of the whole start.

export async function matching<T extends Document>(documents: T[], query: Query): Promise<T[]> {
  // Most queries ask for plain values that are plain in the document too: those are told apart in a tenth of mingo's time.
  const plain = Object.entries(query).filter(([path, wanted]) => isPlain(wanted) && !/\d/.test(path))
  const left = documents.filter((document) => plain.every(([path, wanted]) => mayBe(valueAt(document, path), wanted)))
  const isAll = plain.length === Object.keys(query).length
  if (isAll && left.every((document) => plain.every(([path, wanted]) => valueAt(document, path) === wanted)))
    return left
  const context = holdsExpression(query) ? (await import('./expressions.ts')).withExpressions : mongoLike
  const matcher = new Matcher<Document>(query, { context })
  return left.filter((document) => matcher.test(document))
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

/** Lists and what is absent have rules of their own. */
const mayBe = (found: unknown, wanted: unknown): boolean => found === wanted || !isPlain(found)

function holdsExpression(query: unknown): boolean {
  if (Array.isArray(query)) return query.some(holdsExpression)
  return isPlainObject(query) && ('$expr' in query || Object.values(query).some(holdsExpression))
}

export async function sorted<T extends Document>(documents: T[], sort: Sort | undefined): Promise<T[]> {
  if (!sort) return documents
  const paths = Object.entries(sort)
  const rows = documents.map((document) => ({
    document,
    ranks: paths.map(([path]) => ranked(valueAt(document, path))),
  }))
  // What is not a plain value (lists, above all, have an order of their own) is left to mingo, which takes ten times as long.
  if (rows.some(({ ranks }) => ranks.includes(undefined))) return sortedByMingo(documents, sort)
  const compare = (a: (typeof rows)[0], b: (typeof rows)[0]): number => {
    for (const [i, [, direction]] of paths.entries()) {
      const order = inOrder(a.ranks[i], b.ranks[i])
      if (order !== 0) return order * direction
    }
    return 0
  }
  return rows.sort(compare).map(({ document }) => document)
}

interface Ranked {
  rank: number
  value: string | number | boolean
}

/** MongoDB's order of types: null, numbers, text, booleans, dates. */
function ranked(value: unknown): Ranked | undefined {
  if (value === null || value === undefined) return { rank: 0, value: 0 }
  if (typeof value === 'number') return { rank: 1, value }
  if (typeof value === 'string') return { rank: 2, value }
  if (typeof value === 'boolean') return { rank: 3, value }
  return value instanceof Date ? { rank: 4, value: value.getTime() } : undefined
}

function inOrder(a: Ranked | undefined, b: Ranked | undefined): number {
  if (!a || !b) return 0
  if (a.rank !== b.rank) return a.rank - b.rank
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
}

async function sortedByMingo<T extends Document>(documents: T[], sort: Sort): Promise<T[]> {
  const { find } = await import('mingo')
  return find<T>(documents as AnyObject[], {})
    .sort(sort)
    .all()
}

export async function aggregated<R>(documents: Document[], pipeline: Record<string, unknown>[]): Promise<R[]> {
  const { Aggregator } = await import('mingo')
  return new Aggregator(pipeline).run(documents) as R[]
}
