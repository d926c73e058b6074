import type { CollectionSpec, Document, Query, Sort } from '../store.ts'
import { createIndexes } from './indexes.ts'

/** One collection's documents in memory. What is given and got is not copied: it is frozen. */
export interface Records<T extends Document> {
  get(id: string): T | undefined
  /** Everything that may match the query, and perhaps more. */
  candidates(query: Query): Iterable<T>
  /** As `candidates`, in the order of the sort, where an index is in that order and to look so does not take longer. */
  ordered(query: Query, wanted: { sort: Sort; count: number }): Iterable<T> | undefined
  /** How many match, where an index knows. */
  count(query: Query): number | undefined
  /** Puts the document in place of the one with its id; without a document, takes that one away. */
  set(id: string, document: T | undefined): void
}

export function createRecords<T extends Document>(spec: CollectionSpec, given: Iterable<T>): Records<T> {
  const documents = new Map<string, T>()
  const indexes = createIndexes<T>(spec)

  function* named(ids: Iterable<string>): Generator<T> {
    for (const id of ids) {
      const document = documents.get(id)
      if (document) yield document
    }
  }

  const records: Records<T> = {
    get: (id) => documents.get(id),
    candidates(query) {
      const ids = indexes.candidates(query)
      return ids ? named(ids) : documents.values()
    },
    ordered(query, wanted) {
      const ids = indexes.ordered(query, wanted)
      return ids && named(ids)
    },
    count: (query) => indexes.count(query),
    set(id, document) {
      const before = documents.get(id)
      if (before) indexes.remove(before)
      if (document) {
        documents.set(id, document)
        indexes.add(document)
      } else documents.delete(id)
    },
  }
  for (const document of given) records.set(document._id, document)
  return records
}
