import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { StoreUnreachable } from '../../services/store/store.ts'
import type { Store } from '../../services/store/store.ts'

describe('the lock of a data folder', () => {
  let dir: string
  const opened: Store[] = []
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'latchkey-lock-'))
  })
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await rm(dir, { recursive: true, force: true })
  })

  async function open(): Promise<Store> {
    const store = await createEmbeddedStore({ dir })
    opened.push(store)
    return store
  }

  const lock = (): string => join(dir, 'latchkey.lock')
  const hold = (owner: object): Promise<void> => writeFile(lock(), JSON.stringify(owner))

  test('a second store is refused, with who holds it and what to do', async () => {
    await open()
    const refused = createEmbeddedStore({ dir })
    await expect(refused).rejects.toBeInstanceOf(StoreUnreachable)
    await expect(refused).rejects.toThrow(new RegExp(`process ${process.pid} .*DATA_DIR.*MONGODB_URI`))
  })

  test('of five that start at once, one gets it', async () => {
    await hold({ pid: 2 ** 22 + 1, host: hostname(), since: 1 })
    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => createEmbeddedStore({ dir })))
    const stores = starts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    opened.push(...stores)
    expect(stores).toHaveLength(1)
  })

  test('closing frees it and leaves nothing behind', async () => {
    const store = await open()
    await store.close()
    expect(await readdir(dir)).toEqual([])
    await open()
  })

  test('the lock of a dead process is taken over', async () => {
    await hold({ pid: 2 ** 22 + 1, host: hostname(), since: 1 })
    await open()
  })

  test('in a container the next process often has the pid of the last: that is no owner', async () => {
    await hold({ pid: process.pid, host: hostname(), since: 1 })
    await open()
  })

  test('an owner on another machine is believed as long as it touches its lock', async () => {
    await hold({ pid: 1, host: 'elsewhere', since: 1 })
    await expect(createEmbeddedStore({ dir })).rejects.toThrow(/on elsewhere/)
    const longAgo = new Date(Date.now() - 600_000)
    await utimes(lock(), longAgo, longAgo)
    await open()
  })

  test('a lock that nobody can read is no lock', async () => {
    await writeFile(lock(), 'nonsense')
    await open()
  })
})
