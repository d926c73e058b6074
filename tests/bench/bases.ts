import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import type { Store } from '../../services/store/store.ts'
import { mongoEngine } from '../support/mongoEngine.ts'

/** Somewhere to keep documents, empty, that one process after another can open. */
export interface Base {
  name: string
  env: Record<string, string>
  open(): Promise<Store>
  drop(): Promise<void>
}

export async function embeddedBase(): Promise<Base> {
  const dir = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  return {
    name: 'embedded store, on disk',
    env: { DATA_DIR: dir, MONGODB_URI: '' },
    open: () => createEmbeddedStore({ dir }),
    drop: () => rm(dir, { recursive: true, force: true }),
  }
}

/** Undefined, with a warning, where there is no engine. */
export async function mongoBase(): Promise<Base | undefined> {
  const engine = await mongoEngine()
  if (!engine) return undefined
  const uri = withDatabase(engine.uri, `latchkey-bench-${randomUUID()}`)
  return {
    name: 'MongoDB',
    env: { MONGODB_URI: uri },
    open: () => createMongoStore({ uri }),
    async drop() {
      const { MongoClient } = await import('mongodb')
      const client = new MongoClient(uri)
      await client.db().dropDatabase()
      await client.close()
      await engine.stop()
    },
  }
}

function withDatabase(uri: string, name: string): string {
  const [, server = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? []
  return `${server}/${name}${query}`
}
