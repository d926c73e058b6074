import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Copy } from '../../bot/copies.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { createTurns } from '../../bot/turns.ts'
import { systemClock } from '../../services/clock.ts'
import type { Request } from '../../services/requests/request.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'

/** Whether it is over, asked without waiting for it. */
function watched(over: Promise<void>): { done: boolean } {
  const seen = { done: false }
  void over.then(() => (seen.done = true))
  return seen
}

describe('work behind the scenes', () => {
  it('begins at once when nobody waits for an answer', async () => {
    await createTurns({ restMs: 60_000, mostMs: 60_000 }).over()
  })

  it('waits while somebody waits for an answer', async () => {
    const turns = createTurns({ restMs: 0, mostMs: 60_000 })
    const [first, second] = [turns.begin(), turns.begin()]
    const work = watched(turns.over())
    first()
    await sleep(30)
    expect(work.done).toBe(false)
    second()
    await expect.poll(() => work.done).toBe(true)
  })

  it('leaves a moment for whoever asks again at once', async () => {
    const turns = createTurns({ restMs: 60_000, mostMs: 120_000 })
    turns.begin()()
    const work = watched(turns.over())
    await sleep(30)
    expect(work.done).toBe(false)
  })

  it('is not kept waiting by people who never stop asking, and then has as long for itself', async () => {
    const turns = createTurns({ restMs: 0, mostMs: 50 })
    turns.begin()
    await turns.over()
    const again = watched(turns.over())
    await sleep(0)
    expect(again.done).toBe(true)
  })

  it('is counted in /metrics until it is done', async () => {
    const store = await createEmbeddedStore()
    const requests = await store.collection<Request>({ name: 'requests', indexes: [] })
    const notifications = await store.collection<Copy>({ name: 'notifications', indexes: [] })
    const metrics = createMetrics()
    metrics.watch({ requests, notifications, clock: systemClock })
    const copy = { requestId: 'LK-1', personId: 'megan', role: 'approver' as const, shown: -1, lease: null }
    await notifications.insert({ ...copy, _id: 'due', dueAt: new Date(0) })
    await notifications.insert({ ...copy, _id: 'done', dueAt: null })
    expect(await metrics.text()).toContain('latchkey_due{collection="notifications"} 1')
    await notifications.update({ _id: 'due' }, { $set: { dueAt: null } })
    expect(await metrics.text()).toContain('latchkey_due{collection="notifications"} 0')
    expect(await metrics.text()).toContain('latchkey_due{collection="requests"} 0')
    await store.close()
  })
})
