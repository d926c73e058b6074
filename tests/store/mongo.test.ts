import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { createMongoStore } from '../../services/store/mongo.ts'
import { StoreUnreachable } from '../../services/store/store.ts'
import { storeContract } from '../contracts/store.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'

const engine = await mongoEngine()
const database = `latchkey-test-${randomUUID()}`
afterAll(() => engine?.stop())

if (engine) storeContract('the MongoDB store', () => createMongoStore({ uri: engine.uri, database }))
else describe.skip(`the MongoDB store. ${noMongoEngine}`, () => test('contract', () => {}))

describe('without a server', () => {
  test('the store says that MongoDB did not answer, and keeps the address to itself', async () => {
    const uri = 'mongodb://admin:pa55word@127.0.0.1:9/x?serverSelectionTimeoutMS=200'
    const error: unknown = await createMongoStore({ uri }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StoreUnreachable)
    expect(String(error)).toContain('MONGODB_URI')
    expect(String(error)).not.toContain('pa55word')
  })

  test('a malformed address is not repeated either', async () => {
    const error: unknown = await createMongoStore({ uri: 'mongo://admin:pa55word@x' }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(StoreUnreachable)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('pa55word')
  })
})
