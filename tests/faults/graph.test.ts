import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, startHarness } from '../support/harness.ts'
import { accountOf, ask, complete, created, decide, now, order, run, whole, writes } from './front.ts'

const WRITES = [
  { method: 'POST', path: '^/users$' },
  { method: 'PUT', path: '/manager/\\$ref' },
  { method: 'POST', path: '/members/\\$ref' },
  { method: 'POST', path: '/assignLicense' },
  { method: 'POST', path: '/temporaryAccessPassMethods' },
]

const SOON = 0.05
const WEATHER = {
  'answers 429 with Retry-After': { status: 429, retryAfter: SOON },
  'answers 503': { status: 503 },
  'answers 503 with Retry-After': { status: 503, retryAfter: SOON },
  'answers 504': { status: 504 },
  'drops the connection before the work': { drop: 'before' },
  'drops the connection after the work': { drop: 'after' },
}

describe('when Graph misbehaves', () => {
  let lk: Harness
  beforeAll(async () => {
    lk = await startHarness({ hurried: true })
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
  })
  afterEach(() => lk.control('DELETE', 'faults'))
  afterAll(() => lk.stop())

  it.each(Object.entries(WEATHER))(
    'and %s on every write, it is waited out and nobody is created twice',
    async (_name, fault) => {
      const before = (await writes(lk)).length
      const done = await run(lk, whole(lk), async () => {
        for (const write of WRITES) await order(lk, { ...write, ...fault })
      })
      expect(done.status).toBe('done')
      expect(done.steps.map((s) => s.outcome)).toEqual(['done', 'done', 'done', 'done', 'done'])
      expect(await created(lk, before)).toBe(1)
      expect(await accountOf(lk, done)).toEqual(complete(lk))
    },
  )

  it('a part of Graph that does not know the new account yet is waited for', async () => {
    const done = await run(lk, whole(lk), async () => {
      for (const write of WRITES.slice(1)) await order(lk, { ...write, status: 404, times: 2 })
    })
    expect(done.status).toBe('done')
    expect(await accountOf(lk, done)).toEqual(complete(lk))
  })

  it('an outage of an hour ends in the truth, and Retry makes one account when Graph is back', async () => {
    const request = await ask(lk, whole(lk))
    const before = (await writes(lk)).length
    await order(lk, { ...WRITES[0], status: 503, retryAfter: 0.01, times: 10_000 })
    await decide(lk, request, { as: lk.megan })
    const first = async () => (await now(lk, request)).steps[0]
    await expect.poll(async () => (await first())?.reason?.code, { timeout: 10_000 }).toBe('graph_unreachable')
    expect((await now(lk, request)).status).toBe('running')
    lk.passTime(61 * 60_000)
    await lk.settle()
    const failed = await now(lk, request)
    expect(failed.status).toBe('failed')
    expect(failed.steps[0]?.reason?.code).toBe('graph_unreachable')

    await lk.control('DELETE', 'faults')
    await lk.click('request.retry', { id: request._id }, { as: lk.alex })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect(await created(lk, before)).toBe(1)
  })

  it('an outage between approval and start is waited out', async () => {
    const request = await ask(lk, whole(lk))
    await order(lk, { path: '^/subscribedSkus', status: 503, retryAfter: 0.01, times: 10_000 })
    const errors = lk.errors.length
    await decide(lk, request, { as: lk.megan })
    await expect.poll(() => lk.errors.length, { timeout: 10_000 }).toBeGreaterThan(errors)
    expect((await now(lk, request)).status).toBe('approved')
    await lk.control('DELETE', 'faults')
    lk.passTime(6_000)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
  })
})

describe('when what was created becomes visible only later', () => {
  let lk: Harness
  beforeAll(async () => {
    lk = await startHarness({ replicationDelayMs: 1500 })
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
  })
  afterAll(() => lk.stop())

  it('everything is done in the end, and one account was made', async () => {
    const done = await run(lk, whole(lk))
    expect(done.status).toBe('done')
    expect(await created(lk, 0)).toBe(1)
    expect(await accountOf(lk, done)).toEqual(complete(lk))
  })

  it('a connection dropped after the create makes no second account either', async () => {
    const before = (await writes(lk)).length
    const done = await run(lk, whole(lk), () => order(lk, { method: 'POST', path: '^/users$', drop: 'after' }))
    expect(done.status).toBe('done')
    expect(await created(lk, before)).toBe(1)
  })

  it('the first password that was sealed is the one that signs in', async () => {
    const draft = { ...whole(lk), handOver: 'temporary-password' }
    const done = await run(lk, draft, () => order(lk, { method: 'POST', path: '^/users$', drop: 'after' }))
    expect(done.status).toBe('done')
    expect(await accountOf(lk, done)).toEqual(complete(lk))
  })
})
