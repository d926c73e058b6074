import { Aggregator, Query as Matcher, find } from 'mingo'
import type { AnyObject } from 'mingo/types'
import type { Document, Query, Sort } from '../store.ts'

/** MongoDB's filters, sort order and pipelines over plain objects, as mingo speaks them. */

export function matching<T extends Document>(documents: T[], query: Query): T[] {
  const matcher = new Matcher<Document>(query)
  return documents.filter((document) => matcher.test(document))
}

export function sorted<T extends Document>(documents: T[], sort: Sort | undefined): T[] {
  return sort
    ? find<T>(documents as AnyObject[], {})
        .sort(sort)
        .all()
    : documents
}

export function aggregated<R>(documents: Document[], pipeline: Record<string, unknown>[]): R[] {
  return new Aggregator(pipeline).run(documents) as R[]
}
