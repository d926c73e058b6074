/**
 * The store port. Queries, changes and pipelines are written in MongoDB's own language, so each is written once and
 * runs on both engines: `mongo.ts` (production) and `embedded.ts` (zero-setup).
 */
export interface Store {
  /** Whether other processes may be at work on it at the same time. */
  readonly shared: boolean
  /** Opens a collection and creates its declared indexes. Call once a collection, at start. */
  collection<T extends Document>(spec: CollectionSpec): Promise<Collection<T>>
  /** Resolves when the store answers. @throws StoreUnreachable */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface Document {
  _id: string
}

export interface CollectionSpec {
  name: string
  indexes: IndexSpec[]
}

export interface IndexSpec {
  keys: Record<string, 1 | -1>
  unique?: boolean
  /** Documents without the field are left out of the index, so that a unique index allows many of them. */
  sparse?: boolean
  /** TTL in seconds after the (single) date field. Engines remove lapsed documents within a minute or so, not at once. */
  expireAfterSeconds?: number
}

/** A MongoDB filter. */
export type Query = Record<string, unknown>

/** A MongoDB update document: operators only ($set, $unset, $inc, $push, $addToSet, $pull …), never a replacement. */
export type Change = Record<`$${string}`, Record<string, unknown>>

export type Sort = Record<string, 1 | -1>

/** What is read is nobody's to change: it is frozen where the store keeps it, or a copy. */
export interface Collection<T extends Document> {
  /** @throws DuplicateKey when `_id` or a unique index is taken. */
  insert(document: T): Promise<T>
  get(id: string): Promise<T | undefined>
  find(query: Query, options?: { sort?: Sort; limit?: number; skip?: number }): Promise<T[]>
  /**
   * Find-one-and-update: changes the first document (by `sort`) that matches, atomically, and returns it as it is
   * afterwards; undefined when nothing matched. With `upsert`, inserts where nothing matched.
   * @throws DuplicateKey when the change breaks a unique index.
   */
  update(query: Query, change: Change, options?: { sort?: Sort; upsert?: boolean }): Promise<T | undefined>
  /** Resolves to the number of documents that matched. */
  updateMany(query: Query, change: Change): Promise<number>
  /** Resolves to the number of documents removed. */
  remove(query: Query): Promise<number>
  count(query: Query): Promise<number>
  aggregate<R>(pipeline: Record<string, unknown>[]): Promise<R[]>
}

/** A unique index (or `_id`) already holds this value. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey'
  readonly collection: string
  constructor(collection: string, options?: ErrorOptions) {
    super(`A document with this key is already in "${collection}".`, options)
    this.collection = collection
  }
}

/** The engine could not be reached or did not answer in time. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable'
}
