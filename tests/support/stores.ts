import { randomUUID } from 'node:crypto'
import { afterAll, describe, test } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import type { Store } from '../../services/store/store.ts'
import { mongoEngine, noMongoEngine } from './mongoEngine.ts'

/**
 * Runs a suite on the embedded store and, where there is an engine, on MongoDB. `open` opens a store of its own, empty.
 * Await this at the top level of the test file.
 */
export async function describeOnEveryStore(name: string, suite: (open: () => Promise<Store>) => void): Promise<void> {
  const engine = await mongoEngine()
  afterAll(() => engine?.stop())
  describe(`${name}, on the embedded store`, () => suite(closing(createEmbeddedStore)))
  if (!engine) {
    describe.skip(`${name}, on MongoDB. ${noMongoEngine}`, () => test('everything', () => {}))
    return
  }
  const fresh = () => createMongoStore({ uri: engine.uri, database: `latchkey-test-${randomUUID()}` })
  describe(`${name}, on MongoDB`, () => suite(closing(fresh)))
}

function closing(open: () => Promise<Store>): () => Promise<Store> {
  const opened: Store[] = []
  afterAll(async () => {
    for (const store of opened) await store.close()
  })
  return async () => {
    const store = await open()
    opened.push(store)
    return store
  }
}
