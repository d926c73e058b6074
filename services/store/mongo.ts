import { randomUUID } from 'node:crypto'
import type { Collection as DriverCollection, Db, Filter, MongoClient, UpdateFilter } from 'mongodb'
import { translateErrors } from './mongoErrors.ts'
import type { Change, Collection, CollectionSpec, Document, IndexSpec, Query, Store } from './store.ts'
import { definite, storable, storableChange } from './values.ts'

export interface MongoOptions {
  /** A `mongodb://` or `mongodb+srv://` connection string. It may hold credentials: it gets into no message. */
  uri: string
  /** Overrides the database named in the URI. */
  database?: string
}

/** Long enough for an election of a new primary, short enough for a person who waits. What the URI says goes first. */
const timeouts = { serverSelectionTimeoutMS: 8_000, connectTimeoutMS: 8_000, socketTimeoutMS: 30_000 }

/** On the journal of a majority: what was awaited survives a crash and the loss of the primary. The URI may say otherwise. */
const durable = { w: 'majority', journal: true } as const

/**
 * MongoDB 5.0 or newer: standalone, replica set or Atlas. Needs no transactions.
 * The driver is loaded here and not before, so that an installation without MongoDB does not pay for it.
 * @throws StoreUnreachable when no server answers within 8 seconds.
 */
export async function createMongoStore({ uri, database }: MongoOptions): Promise<Store> {
  const { MongoClient } = await import('mongodb')
  const client = await translateErrors('', async () => {
    const connecting = new MongoClient(uri, { appName: 'latchkey', ...unsaid({ ...timeouts, ...durable }, uri) })
    return connecting.connect().catch(async (error: unknown) => {
      await connecting.close()
      throw error
    })
  })
  return storeOn(client, client.db(database))
}

function unsaid<T extends object>(options: T, uri: string): Partial<T> {
  const isSaid = (name: string): boolean => new RegExp(`[?&]${name}=`, 'i').test(uri)
  return Object.fromEntries(Object.entries(options).filter(([name]) => !isSaid(name))) as Partial<T>
}

function storeOn(client: MongoClient, db: Db): Store {
  return {
    async collection<T extends Document>(spec: CollectionSpec) {
      const collection = db.collection<T>(spec.name)
      await translateErrors(spec.name, async () => {
        for (const index of spec.indexes) await ensureIndex(collection, index)
      })
      return collectionOn(collection)
    },
    shared: true,
    ping: () =>
      translateErrors('', async () => {
        await db.command({ ping: 1 })
      }),
    close: () => client.close(),
  }
}

function collectionOn<T extends Document>(collection: DriverCollection<T>): Collection<T> {
  const run = <R>(operation: () => Promise<R>): Promise<R> => translateErrors(collection.collectionName, operation)
  const filter = (query: Query): Filter<T> => definite(query) as Filter<T>
  return {
    insert: (document) =>
      run(async () => {
        const copy = storable(document)
        await collection.insertOne(copy as Parameters<typeof collection.insertOne>[0])
        return copy
      }),
    get: (id) => run(async () => ((await collection.findOne(filter({ _id: id }))) as T | null) ?? undefined),
    find: (query, options = {}) => run(async () => (await collection.find(filter(query), options).toArray()) as T[]),
    update: (query, change, { sort, upsert = false } = {}) =>
      run(async () => {
        const operators = storableChange(upsert ? withId(query, change) : change) as UpdateFilter<T>
        const options = { sort, upsert, returnDocument: 'after' } as const
        return ((await collection.findOneAndUpdate(filter(query), operators, options)) as T | null) ?? undefined
      }),
    updateMany: (query, change) =>
      run(
        async () =>
          (await collection.updateMany(filter(query), storableChange(change) as UpdateFilter<T>)).matchedCount,
      ),
    remove: (query) => run(async () => (await collection.deleteMany(filter(query))).deletedCount),
    count: (query) => run(() => collection.countDocuments(filter(query))),
    aggregate: <R>(pipeline: Record<string, unknown>[]) =>
      run(async () => (await collection.aggregate(definite(pipeline)).toArray()) as R[]),
  }
}

// MongoDB would make an ObjectId; every `_id` of ours is text.
function withId(query: Query, change: Change): Change {
  if ('_id' in query || change.$setOnInsert?._id !== undefined) return change
  return { ...change, $setOnInsert: { ...change.$setOnInsert, _id: randomUUID() } }
}

/** @see https://www.mongodb.com/docs/manual/reference/command/createIndexes/ */
async function ensureIndex<T extends Document>(collection: DriverCollection<T>, spec: IndexSpec): Promise<void> {
  const { keys, ...options } = spec
  const create = (): Promise<string> => collection.createIndex(keys, storable(options))
  try {
    await create()
  } catch (error) {
    // 85 IndexOptionsConflict, 86 IndexKeySpecsConflict: an older version declared this index otherwise.
    if (!hasCode(error, 85) && !hasCode(error, 86)) throw error
    await collection.dropIndex(Object.entries(keys).flat().join('_'))
    await create()
  }
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
