import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns } from '../../bot/turns.ts'

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
})
