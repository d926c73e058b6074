import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import type { Store } from '../../services/store/store.ts'
import type { ChildOrder } from './child.ts'

/** Where one run keeps its documents: opened by the process that dies, and then by the one that goes on. */
export interface Ground {
  at: ChildOrder['store']
  open(): Promise<Store>
  /** Empty again, for the next run. */
  clear(): Promise<void>
  remove(): Promise<void>
}

export async function embeddedGround(): Promise<Ground> {
  const dir = await mkdtemp(join(tmpdir(), 'latchkey-crash-'))
  const remove = () => rm(dir, { recursive: true })
  return { at: { dir }, open: () => createEmbeddedStore({ dir }), clear: remove, remove: async () => undefined }
}

export const mongoGround = (uri: string) => async (): Promise<Ground> => {
  const database = `latchkey-crash-${randomUUID()}`
  const client = await new MongoClient(uri).connect()
  const db = client.db(database)
  const clear = async (): Promise<void> => {
    for (const { collectionName } of await db.collections()) await db.collection(collectionName).deleteMany({})
  }
  const remove = async (): Promise<void> => {
    await db.dropDatabase()
    await client.close()
  }
  return { at: { uri, database }, open: () => createMongoStore({ uri, database }), clear, remove }
}

interface Lanes {
  lanes: number
  openGround(): Promise<Ground>
}

/** Does every job once, so many at a time, each on a ground that nobody else stands on. */
export async function inLanes<T>(
  jobs: readonly T[],
  { lanes, openGround }: Lanes,
  work: (job: T, ground: Ground) => Promise<void>,
): Promise<void> {
  const left = [...jobs]
  const lane = async (): Promise<void> => {
    const ground = await openGround()
    for (let job = left.shift(); job !== undefined; job = left.shift()) await work(job, ground)
    await ground.remove()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
