import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { DuplicateKey, StoreUnreachable } from '../../services/store/store.ts'
import type { Collection, IndexSpec, Store } from '../../services/store/store.ts'

interface Doc {
  _id: string
  [field: string]: unknown
}

let dir: string
const opened: Store[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-store-'))
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(dir, { recursive: true, force: true })
})

async function open(indexes: IndexSpec[] = []): Promise<{ store: Store; docs: Collection<Doc> }> {
  const store = await createEmbeddedStore({ dir })
  opened.push(store)
  return { store, docs: await store.collection<Doc>({ name: 'docs', indexes }) }
}

describe('the files of the embedded store', () => {
  test('what was written is there after a restart, types and all', async () => {
    const { store, docs } = await open()
    const document = { _id: 'x', at: new Date(0), text: 'a\u2028b\u2029c\u0085d\ne\ud83d\ude00', list: [{ n: null }] }
    await docs.insert(document)
    await docs.insert({ _id: 'y' })
    await docs.update({ _id: 'y' }, { $set: { n: 1 } })
    await docs.insert({ _id: 'z' })
    await docs.remove({ _id: 'z' })
    await store.close()
    const again = await open()
    expect(await again.docs.find({}, { sort: { _id: 1 } })).toEqual([document, { _id: 'y', n: 1 }])
  })

  test('a line torn by a kill is dropped and costs nothing else', async () => {
    const { store, docs } = await open()
    for (let n = 0; n < 3; n++) await docs.insert({ _id: `${n}` })
    await store.close()
    await appendFile(join(dir, 'docs.db'), '{"_id":"3","text":"half a li')
    const again = await open()
    expect(await again.docs.count({})).toBe(3)
    await again.docs.insert({ _id: '3' })
    await again.store.close()
    expect(await (await open()).docs.count({})).toBe(4)
  })

  test('a change that changes nothing costs no write', async () => {
    const { docs } = await open()
    const at = new Date()
    await docs.insert({ _id: 'x', at, list: [{ n: 1 }] })
    const written = await readFile(join(dir, 'docs.db'), 'utf8')
    const same = { $set: { at: new Date(at), list: [{ n: 1 }] }, $setOnInsert: { n: 2 } }
    expect(await docs.update({ _id: 'x' }, same, { upsert: true })).toEqual({ _id: 'x', at, list: [{ n: 1 }] })
    expect(await docs.updateMany({}, { $set: { at } })).toBe(1)
    expect(await readFile(join(dir, 'docs.db'), 'utf8')).toBe(written)
    await docs.update({ _id: 'x' }, { $set: { 'list.0.n': 2 } })
    expect(await readFile(join(dir, 'docs.db'), 'utf8')).not.toBe(written)
  })

  test('a file damaged in the middle is refused, not silently shortened', async () => {
    const { store, docs } = await open()
    for (let n = 0; n < 20; n++) await docs.insert({ _id: `${n}` })
    await store.close()
    const file = join(dir, 'docs.db')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"7"', '"7'))
    await expect(open()).rejects.toThrow(/"docs".*damaged/)
  })

  test('when the disk refuses a write nothing of it counts, and the next write makes the file whole', async () => {
    const { store, docs } = await open()
    await docs.insert({ _id: 'a', n: 0 })
    await docs.insert({ _id: 'old' })
    const file = join(dir, 'docs.db')
    await rename(file, `${file}.gone`)
    await mkdir(file)
    const refused = await Promise.allSettled([
      docs.insert({ _id: 'b' }),
      docs.update({ _id: 'a' }, { $inc: { n: 1 } }),
      docs.update({ _id: 'a' }, { $inc: { n: 1 } }),
      docs.remove({ _id: 'old' }),
    ])
    for (const each of refused) expect(each).toMatchObject({ reason: expect.any(StoreUnreachable) as unknown })
    expect(await docs.find({}, { sort: { _id: 1 } })).toEqual([{ _id: 'a', n: 0 }, { _id: 'old' }])
    await rmdir(file)
    await docs.insert({ _id: 'c' })
    await store.close()
    const ids = (await (await open()).docs.find({}, { sort: { _id: 1 } })).map((each) => each._id)
    expect(ids).toEqual(['a', 'c', 'old'])
  })

  test('a half line that a refused write left does not spoil the next one', async () => {
    const { store, docs } = await open()
    await docs.insert({ _id: 'a' })
    const file = join(dir, 'docs.db')
    await rename(file, `${file}.gone`)
    await mkdir(file)
    await expect(docs.insert({ _id: 'b' })).rejects.toBeInstanceOf(StoreUnreachable)
    await rmdir(file)
    await rename(`${file}.gone`, file)
    await appendFile(file, '{"_id":"000000000000002","of":"b","docu')
    await docs.insert({ _id: 'c' })
    await store.close()
    const ids = (await (await open()).docs.find({}, { sort: { _id: 1 } })).map((each) => each._id)
    expect(ids).toEqual(['a', 'c'])
  })

  test('changes that come together are written together', async () => {
    const { docs } = await open()
    await docs.insert({ _id: 'x', n: 0 })
    const sizes = new Set<number>()
    const changes = Array.from({ length: 200 }, async () => {
      await docs.update({ _id: 'x' }, { $inc: { n: 1 } })
      sizes.add((await stat(join(dir, 'docs.db'))).size)
    })
    await Promise.all(changes)
    expect(await docs.get('x')).toEqual({ _id: 'x', n: 200 })
    expect(sizes.size).toBeLessThan(5)
  })

  test('a file from before there were versions is read, and goes on', async () => {
    const lines = [
      { _id: 'LK-1', at: { $$date: 0 }, key: 'k' },
      { _id: 'LK-2', key: 'l' },
      { $$indexCreated: { fieldName: 'key', unique: true, sparse: false } },
      { _id: 'LK-1', at: { $$date: 5 }, key: 'k' },
    ]
    await writeFile(join(dir, 'docs.db'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const { store, docs } = await open([{ keys: { key: 1 }, unique: true }])
    expect(await docs.get('LK-1')).toEqual({ _id: 'LK-1', at: new Date(5), key: 'k' })
    await docs.update({ _id: 'LK-1' }, { $set: { n: 1 } })
    await docs.remove({ _id: 'LK-2' })
    await docs.insert({ _id: 'LK-3', key: 'l' })
    await store.close()
    const again = await open([{ keys: { key: 1 }, unique: true }])
    const all = await again.docs.find({}, { sort: { _id: 1 } })
    expect(all).toEqual([
      { _id: 'LK-1', at: new Date(5), key: 'k', n: 1 },
      { _id: 'LK-3', key: 'l' },
    ])
  })

  test('the file is rewritten before it grows without bound', { timeout: 60_000 }, async () => {
    const { store, docs } = await open()
    await docs.insert({ _id: 'x', n: 0 })
    for (let n = 0; n < 2_500; n++) await docs.update({ _id: 'x' }, { $inc: { n: 1 } })
    const lines = (await readFile(join(dir, 'docs.db'), 'utf8')).split('\n').length
    expect(lines).toBeLessThan(2_100)
    await store.close()
    expect(await (await open()).docs.get('x')).toEqual({ _id: 'x', n: 2_500 })
  })

  test('an index declared otherwise by a newer version counts from the next start', async () => {
    const { store, docs } = await open([{ keys: { a: 1 } }, { keys: { b: 1 }, unique: true }])
    await docs.insert({ _id: 'x', a: 1, b: 1 })
    await store.close()
    const again = await open([{ keys: { a: 1 }, unique: true }, { keys: { b: 1 } }])
    await again.docs.insert({ _id: 'y', a: 2, b: 1 })
    await expect(again.docs.insert({ _id: 'z', a: 2 })).rejects.toBeInstanceOf(DuplicateKey)
  })

  test('a folder that cannot be made is named, with what to do', async () => {
    const made = createEmbeddedStore({ dir: '/dev/null/data' })
    await expect(made).rejects.toThrow('/dev/null/data cannot be made. Name one in DATA_DIR')
  })

  test('a closed store refuses writes', async () => {
    const { store, docs } = await open()
    await store.close()
    await expect(docs.insert({ _id: 'x' })).rejects.toBeInstanceOf(StoreUnreachable)
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnreachable)
    await store.close()
  })

  test('lapsed documents are removed, and a change does not bring them back', async () => {
    const store = await createEmbeddedStore({ dir, sweepSeconds: 0.02 })
    opened.push(store)
    const indexes = [{ keys: { expiresAt: 1 }, expireAfterSeconds: 60 } as const]
    const docs = await store.collection<Doc>({ name: 'docs', indexes })
    await docs.insert({ _id: 'lapsed', expiresAt: new Date(Date.now() - 61_000) })
    await docs.insert({ _id: 'alive', expiresAt: new Date(Date.now() - 1_000) })
    await docs.insert({ _id: 'eternal', expiresAt: null })
    await expect.poll(() => docs.get('lapsed')).toBeUndefined()
    expect(await docs.update({ _id: 'lapsed' }, { $set: { expiresAt: new Date() } })).toBeUndefined()
    expect(await docs.count({})).toBe(2)
  })
})

describe('a process killed while it writes', () => {
  /** @returns what it was told is written */
  async function killed(after: number): Promise<number[]> {
    const writer = fileURLToPath(new URL('writer.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', writer, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    const told: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      told.push(Number(line))
      if (told.length === after) child.kill('SIGKILL')
    }
    await exited
    return told
  }

  test('everything that it was told is written is there, and the next one goes on', { timeout: 60_000 }, async () => {
    for (const after of [1, 100, 1_000]) {
      const told = await killed(after)
      const store = await createEmbeddedStore({ dir })
      const entries = await store.collection<{ _id: string; n: number }>({ name: 'entries', indexes: [] })
      const counters = await store.collection<{ _id: string; n: number }>({ name: 'counters', indexes: [] })
      const count = await entries.count({})
      expect(count).toBeGreaterThan(Math.max(...told))
      // Nothing is there without what came before it.
      expect((await entries.find({}, { sort: { n: 1 } })).map((each) => each.n)).toEqual([...Array(count).keys()])
      expect((await counters.get('all'))?.n).toBeGreaterThanOrEqual(told.length)
      // The next writer counts from the entries: one entry more than was told is as right as none.
      await counters.update({ _id: 'all' }, { $set: { n: count } })
      await store.close()
    }
  })
})
