import { expect, test } from 'vitest'
import { createPacer } from '../../services/graph/pacer.ts'
import { retryAfterMs } from '../../services/graph/retryAfter.ts'

/** A pacer on a clock that moves only by sleeping. */
function paced(writesPerSecond: number, burst: number) {
  let time = 0
  const sleep = async (ms: number) => void (time += ms)
  return { pacer: createPacer({ writesPerSecond, burst, sleep, now: () => time }), elapsed: () => time }
}

async function take(pacer: ReturnType<typeof paced>['pacer'], kind: 'read' | 'write', times: number): Promise<void> {
  for (let count = 0; count < times; count++) await pacer.take(kind)
}

test('a burst goes out at once, the rest at the sustained rate', async () => {
  const { pacer, elapsed } = paced(20, 100)
  await take(pacer, 'write', 100)
  expect(elapsed()).toBe(0)
  await take(pacer, 'write', 40)
  expect(elapsed()).toBeCloseTo(2_000)
})

test('writes never exceed 3,000 in 150 seconds once the burst is spent', async () => {
  const { pacer, elapsed } = paced(20, 2_500)
  await take(pacer, 'write', 2_500)
  await take(pacer, 'write', 3_000)
  expect(elapsed()).toBeGreaterThanOrEqual(149_999)
})

test('reads are not counted', async () => {
  const { pacer, elapsed } = paced(20, 1)
  await take(pacer, 'read', 500)
  expect(elapsed()).toBe(0)
})

test('when Graph says stay away, every write waits, and then they go one by one', async () => {
  const { pacer, elapsed } = paced(20, 100)
  pacer.hold('write', 10_000)
  await take(pacer, 'read', 1)
  expect(elapsed()).toBe(0)
  await take(pacer, 'write', 1)
  expect(elapsed()).toBeGreaterThanOrEqual(10_000)
  await take(pacer, 'write', 20)
  expect(elapsed()).toBeCloseTo(11_050, -2)
})

test('a shorter request to stay away does not cut a longer one short', async () => {
  const { pacer } = paced(20, 100)
  pacer.hold('read', 10_000)
  pacer.hold('read', 1_000)
  expect(pacer.heldFor('read')).toBe(10_000)
})

test('Retry-After is understood in seconds and as a date', () => {
  expect(retryAfterMs('12')).toBe(12_000)
  expect(retryAfterMs('Thu, 01 Jan 1970 00:00:05 GMT', 2_000)).toBe(3_000)
  expect(retryAfterMs('Thu, 01 Jan 1970 00:00:05 GMT', 9_000)).toBe(0)
  expect(retryAfterMs('soon')).toBeUndefined()
  expect(retryAfterMs(null)).toBeUndefined()
})
