import { Query as Matcher } from 'mingo/query'
import type { AnyObject } from 'mingo/types'
import type { Document, Query, Sort } from '../store.ts'
import { isPlainObject } from '../values.ts'
import { mongoLike } from './nullness.ts'
import { inOrder, ranked } from './order.ts'
import { valueAt } from './paths.ts'

// MongoDB's filters, sort order and pipelines over plain objects, as mingo speaks them. Its expressions and pipelines are
// loaded when one is asked for: they take as long as a tenth of the whole start.

export type Test = (document: Document) => boolean

export async function matcherFor(query: Query): Promise<Test> {
  const paths = Object.entries(query)
  // Most queries ask for plain values that are plain in the document too: those are told apart in a tenth of mingo's time.
  const plain = paths.filter(([path, wanted]) => isPlain(wanted) && !/\d/.test(path))
  const context = holdsExpression(query) ? (await import('./expressions.ts')).withExpressions : mongoLike
  let matcher: Matcher<Document> | undefined

  return (document) => {
    let isCertain = plain.length === paths.length
    for (const [path, wanted] of plain) {
      const found = valueAt(document, path)
      if (found === wanted) continue
      if (isPlain(found)) return false
      // Lists and what is absent have rules of their own.
      isCertain = false
    }
    if (isCertain) return true
    matcher ??= new Matcher<Document>(query, { context })
    return matcher.test(document)
  }
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

function holdsExpression(query: unknown): boolean {
  if (Array.isArray(query)) return query.some(holdsExpression)
  return isPlainObject(query) && ('$expr' in query || Object.values(query).some(holdsExpression))
}

export async function sorted<T extends Document>(documents: T[], sort: Sort | undefined): Promise<T[]> {
  if (!sort) return documents
  const paths = Object.entries(sort)
  const rows = documents.map((document) => ({
    document,
    places: paths.map(([path]) => ranked(valueAt(document, path))),
  }))
  // What is not a plain value (lists, above all, have an order of their own) is left to mingo, which takes ten times as long.
  if (rows.some(({ places }) => places.includes(undefined))) return sortedByMingo(documents, sort)
  const compare = (a: (typeof rows)[0], b: (typeof rows)[0]): number => {
    for (const [i, [, direction]] of paths.entries()) {
      const [one, other] = [a.places[i], b.places[i]]
      const order = one && other ? inOrder(one, other) : 0
      if (order !== 0) return order * direction
    }
    return 0
  }
  return rows.sort(compare).map(({ document }) => document)
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
