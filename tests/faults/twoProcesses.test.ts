import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { MongoClient } from 'mongodb'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLatchkey } from '../../bot/latchkey.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { parsePolicy } from '../../services/approvals/policy.ts'
import { DEFAULT_POLICY, type Harness, SECRET_KEY, startHarness } from '../support/harness.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import type { Store } from '../../services/store/store.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'
import { created, now, run, whole, writes } from './front.ts'

const engine = await mongoEngine()
const database = `latchkey-two-${randomUUID()}`
afterAll(async () => {
  if (!engine) return
  const client = await new MongoClient(engine.uri).connect()
  await client.db(database).dropDatabase()
  await client.close()
  await engine.stop()
})

interface Ground {
  name: string
  /** What each of the two processes has of the one store. */
  open(): Promise<[Store, Store]>
}

const grounds: Ground[] = [
  {
    name: 'one embedded store',
    async open() {
      const store = await createEmbeddedStore()
      return [store, store]
    },
  },
]
if (engine) {
  const at = { uri: engine.uri, database }
  grounds.push({ name: 'one MongoDB', open: () => Promise.all([createMongoStore(at), createMongoStore(at)]) })
} else
  describe.skip(`two processes on one MongoDB. ${noMongoEngine}`, () =>
    it('carry every request through once', () => {}))

describe.each(grounds)('two processes on $name', ({ open }) => {
  let lk: Harness
  let second: Awaited<ReturnType<typeof createLatchkey>>
  beforeAll(async () => {
    const [mine, store] = await open()
    lk = await startHarness({ store: mine })
    const { clock, graph } = lk
    const policy = parsePolicy(await readFile(DEFAULT_POLICY, 'utf8'), { pinned: false, file: 'policy' })
    const rest = { bot: undefined, log: pino({ level: 'silent' }), metrics: createMetrics(), sandbox: true }
    second = await createLatchkey({
      ...rest,
      clock,
      graph,
      policy,
      store,
      secretKey: SECRET_KEY,
      timing: { pollMs: 20, gapMs: 0 },
    })
    second.start()
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
  })
  afterAll(async () => {
    await second.stop()
    await lk.stop()
  })

  it('carry every request through once, tell every fact once, and leave one card with everybody', async () => {
    const before = (await writes(lk)).length
    const requests = await Promise.all(Array.from({ length: 4 }, () => run(lk, whole(lk))))
    await lk.settle()
    await second.worker.drain()
    await second.notifier.drain()
    await lk.settle()
    for (const request of requests) {
      expect((await now(lk, request)).status).toBe('done')
      const told = (await lk.history.search({ requestId: request._id })).map(
        (e) => `${e.kind} ${String(e.data['step'])}`,
      )
      expect(new Set(told).size).toBe(told.length)
      expect(told).toHaveLength(4 + request.steps.length)
      const cards = lk.teams.messages(lk.chatOf(lk.megan)).filter((m) => JSON.stringify(m.card).includes(request._id))
      expect(cards).toHaveLength(1)
      expect(JSON.stringify(cards[0]?.card)).toContain('Done: every step verified')
    }
    expect(await created(lk, before)).toBe(4)
    expect((await writes(lk)).slice(before)).toHaveLength(4 * 5)
    expect(await lk.history.verify()).toMatchObject({ ok: true })
  })
})
