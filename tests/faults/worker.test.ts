import { describe, expect, it } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createWorker, type Due, type WorkerOptions } from '../../services/worker/worker.ts'

const LONG_AGO = new Date(0)

interface Gate {
  opened: Promise<void>
  open(): void
}

function gate(): Gate {
  let open = (): void => undefined
  const opened = new Promise<void>((done) => (open = done))
  return { opened, open }
}

/** A worker on documents `a`, `b` …, each of whose moves waits until it is let go; and a clock that is set by hand. */
async function aWorker(ids: string[], options: Partial<WorkerOptions<Due>> = {}) {
  const store = await createEmbeddedStore()
  const collection = await store.collection<Due>({ name: 'due', indexes: [] })
  for (const _id of ids) await collection.insert({ _id, dueAt: LONG_AGO, lease: null })
  let ms = Date.now()
  const moves: { id: string; letGo(): void }[] = []
  const worker = createWorker({
    collection,
    clock: { now: () => new Date(ms) },
    advance: async ({ _id }) => {
      const { opened, open } = gate()
      moves.push({ id: _id, letGo: open })
      await opened
      await collection.update({ _id }, { $set: { dueAt: null } })
    },
    onError: () => undefined,
    ...options,
  })
  const until = (count: number) => expect.poll(() => moves.length).toBe(count)
  const letGo = (index: number): void => moves[index]?.letGo()
  return { collection, worker, moves, until, letGo, passTime: (by: number) => void (ms += by) }
}

describe('a worker', () => {
  it('lets nothing new wait for something slow that is in hand', async () => {
    const { collection, worker, moves, until, letGo } = await aWorker(['slow'])
    worker.wake()
    await until(1)
    await collection.insert({ _id: 'new', dueAt: LONG_AGO, lease: null })
    worker.wake()
    await until(2)
    expect(moves.map((m) => m.id)).toEqual(['slow', 'new'])
    letGo(0)
    letGo(1)
    await worker.drain()
  })

  it('that overslept its lease does not take it from the one that came after', async () => {
    const { collection, worker, until, letGo, passTime } = await aWorker(['a'])
    worker.wake()
    await until(1)
    passTime(121_000)
    worker.wake()
    await until(2)
    const lease = (await collection.get('a'))?.lease
    letGo(0)
    await expect.poll(async () => (await collection.get('a'))?.dueAt).toBe(null)
    expect((await collection.get('a'))?.lease).toEqual(lease)
    letGo(1)
    await worker.drain()
    expect((await collection.get('a'))?.lease).toBe(null)
  })

  it('that is alone on its store goes on at once with what a killed process had in hand', async () => {
    const { collection, worker, until, letGo } = await aWorker(['a'], { alone: true })
    const lease = { owner: 'dead', until: new Date(Date.now() + 60_000) }
    await collection.update({ _id: 'a' }, { $set: { lease } })
    worker.start()
    await until(1)
    letGo(0)
    await worker.stop()
  })

  it('that is not alone leaves to others what they have in hand', async () => {
    const { collection, worker, moves } = await aWorker(['a'])
    const lease = { owner: 'alive', until: new Date(Date.now() + 60_000) }
    await collection.update({ _id: 'a' }, { $set: { lease } })
    worker.start()
    await worker.stop()
    expect(moves).toEqual([])
    expect((await collection.get('a'))?.lease).toEqual(lease)
  })

  it('has no more in hand at once than it was told', async () => {
    const { worker, moves, until, letGo } = await aWorker(['a', 'b', 'c'], { concurrency: 2 })
    worker.wake()
    await until(2)
    letGo(0)
    await until(3)
    expect(moves.map((m) => m.id).sort()).toEqual(['a', 'b', 'c'])
    letGo(1)
    letGo(2)
    await worker.drain()
  })

  it('does not rest while there is more to tell', async () => {
    let left = 4
    const { worker } = await aWorker([], { before: async () => (left -= 1) > 0 })
    await worker.drain()
    expect(left).toBe(0)
  })

  it('wakes when it was told that something will be due, long before it would look by itself', async () => {
    const { collection, worker, until, letGo, passTime } = await aWorker([], { pollMs: 60_000 })
    worker.start()
    await worker.drain()
    await collection.insert({ _id: 'soon', dueAt: new Date(Date.now() + 50), lease: null })
    worker.wake(new Date(Date.now() + 50))
    await worker.drain()
    passTime(1_000)
    await until(1)
    letGo(0)
    await worker.stop()
  })

  it('that is stopped claims nothing more and finishes what is in hand', async () => {
    const { collection, worker, until, letGo } = await aWorker(['a', 'b'], { concurrency: 1 })
    worker.wake()
    await until(1)
    const stopped = worker.stop()
    letGo(0)
    await stopped
    const dues = (await collection.find({}, { sort: { _id: 1 } })).map((d) => d.dueAt)
    expect(dues.filter((due) => due === null)).toHaveLength(1)
  })
})
