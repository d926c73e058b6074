import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, describe, expect, test } from 'vitest'
import { createMongoStore } from '../../services/store/mongo.ts'
import { DuplicateKey, StoreUnreachable } from '../../services/store/store.ts'
import { storeContract } from '../contracts/store.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'

const engine = await mongoEngine()
const database = `latchkey-test-${randomUUID()}`
afterAll(() => engine?.stop())

if (engine) storeContract('the MongoDB store', () => createMongoStore({ uri: engine.uri, database }))
else describe.skip(`the MongoDB store. ${noMongoEngine}`, () => test('contract', () => {}))

describe.skipIf(!engine)('the indexes in MongoDB', () => {
  const name = 'indexed'
  const uri = engine?.uri ?? ''

  test('are created as declared, TTL included, and changed where a newer version declares them otherwise', async () => {
    const store = await createMongoStore({ uri, database })
    const ttl = { expiresAt: 1 } as const
    await store.collection({ name, indexes: [{ keys: { key: 1 } }, { keys: ttl, expireAfterSeconds: 60 }] })
    const docs = await store.collection({
      name,
      indexes: [
        { keys: { key: 1 }, unique: true, sparse: true },
        { keys: ttl, expireAfterSeconds: 0 },
      ],
    })
    await docs.update({ _id: 'a' }, { $set: { key: 'k' } }, { upsert: true })
    const twice = docs.update({ _id: 'b' }, { $set: { key: 'k' } }, { upsert: true })
    await expect(twice).rejects.toBeInstanceOf(DuplicateKey)
    const client = await new MongoClient(uri).connect()
    const indexes = await client.db(database).collection(name).indexes()
    await client.close()
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }))
    expect(indexes).toContainEqual(expect.objectContaining({ key: { key: 1 }, unique: true, sparse: true }))
    await store.close()
  })
})

describe.skipIf(!engine || process.env.MONGODB_URI)('a MongoDB that is killed', () => {
  test('is unreachable, and has everything once it is back', { timeout: 60_000 }, async () => {
    const dir = await mkdtemp(join(tmpdir(), 'latchkey-mongo-'))
    const first = await mongoEngine({ dir })
    // This engine, unlike a server, waits for its journal only where w is 1.
    const uri = `${first?.uri ?? ''}&serverSelectionTimeoutMS=300&w=1&journal=true`
    const store = await createMongoStore({ uri, database })
    const docs = await store.collection({ name: 'docs', indexes: [] })
    for (let n = 0; n < 50; n++) await docs.insert({ _id: `${n}` })
    first?.kill()
    await first?.stop()
    await expect(docs.insert({ _id: 'x' })).rejects.toBeInstanceOf(StoreUnreachable)
    await expect(docs.count({})).rejects.toBeInstanceOf(StoreUnreachable)
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnreachable)
    await store.close()

    const second = await mongoEngine({ dir })
    const again = await createMongoStore({ uri: second?.uri ?? '', database })
    expect(await (await again.collection({ name: 'docs', indexes: [] })).count({})).toBe(50)
    await again.close()
    await second?.stop()
    await rm(dir, { recursive: true, force: true })
  })
})

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
