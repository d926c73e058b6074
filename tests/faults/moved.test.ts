import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, startHarness } from '../support/harness.ts'
import { accountOf, complete, inGraph, now, run, whole, writes } from './front.ts'

describe('when the directory moves between approval and run', () => {
  let lk: Harness
  beforeAll(async () => {
    lk = await startHarness()
    for (const who of [lk.alex, lk.megan]) await lk.install(who)
  })
  afterAll(() => lk.stop())

  const e5 = () => lk.ids.skus.e5
  const change = (user: string, add: boolean) =>
    inGraph(lk, `/users/${user}/assignLicense`, {
      addLicenses: add ? [{ skuId: e5(), disabledPlans: [] }] : [],
      removeLicenses: add ? [] : [e5()],
    })
  // All seats are taken to begin with; the first of these gives theirs back and takes it again.
  let holder = ''
  beforeAll(async () => {
    for await (const user of lk.graph.users.list()) {
      if (user.licenseAssignmentStates?.some((s) => s.skuId === e5() && s.assignedByGroup === null)) holder = user.id
    }
  })

  it('a seat that is gone is waited for, and the rest is done meanwhile', async () => {
    await change(holder, false)
    const waiting = await run(lk, { ...whole(lk), licences: e5() }, () => change(holder, true))
    expect(waiting.status).toBe('waiting')
    expect(waiting.steps.map((s) => s.outcome)).toEqual(['done', 'done', 'done', 'applying', 'done'])
    expect(waiting.steps[3]?.reason?.code).toBe('no_seats')
    await change(holder, false)
    lk.passTime(6 * 60_000)
    await lk.settle()
    const done = await now(lk, waiting)
    expect(done.status).toBe('done')
    expect(await accountOf(lk, done)).toEqual({ ...complete(lk), licences: [e5()] })
    holder = done.facts['userId'] ?? ''
  })

  it('a seat taken in the very moment between counting and asking is waited for too', async () => {
    const { assignLicense } = lk.graph.users
    lk.graph.users.assignLicense = async (...given) => {
      lk.graph.users.assignLicense = assignLicense
      await change(holder, true)
      return assignLicense(...given)
    }
    await change(holder, false)
    const waiting = await run(lk, { licences: e5() })
    expect(waiting.status).toBe('waiting')
    expect(waiting.steps.map((s) => s.reason?.code)).toContain('no_seats')
  })

  it('a group whose licence has no seat left any more is joined, and the licence is waited for', async () => {
    const { github } = lk.ids.groups
    // Whoever waits already would take the seat that this one is after.
    await lk.requests.updateMany({ status: 'waiting' }, { $set: { dueAt: null } })
    await inGraph(lk, `/groups/${github}/assignLicense`, {
      addLicenses: [{ skuId: e5(), disabledPlans: [] }],
      removeLicenses: [],
    })
    await change(holder, false)
    const waiting = await run(lk, { groups: github }, () => change(holder, true))
    expect(waiting.status).toBe('waiting')
    const states = async () => (await lk.graph.users.get(waiting.subject.userPrincipalName))?.licenseAssignmentStates
    expect(await states()).toMatchObject([{ assignedByGroup: github, error: 'CountViolation' }])
    await change(holder, false)
    lk.passTime(6 * 60_000)
    await lk.settle()
    expect((await now(lk, waiting)).status).toBe('done')
    expect(await states()).toMatchObject([{ assignedByGroup: github, state: 'Active' }])
  })

  it('passes switched off: it ends partial with the reason, and Retry finishes it once they are on', async () => {
    const off = { tapEnabled: false }
    const partial = await run(lk, {}, () => lk.control('PATCH', 'settings', off))
    expect(partial.status).toBe('partial')
    expect(partial.steps.at(-1)).toMatchObject({ outcome: 'failed', reason: { code: 'pass_policy_off' } })
    const before = (await writes(lk)).length
    await lk.control('PATCH', 'settings', { tapEnabled: true })
    await lk.click('request.retry', { id: partial._id }, { as: lk.alex })
    await lk.settle()
    const done = await now(lk, partial)
    expect(done.status).toBe('done')
    expect((await writes(lk)).slice(before)).toHaveLength(1)
    expect((await accountOf(lk, done)).signsIn).toBe(true)
  })

  it('a stranger who took the user name keeps it untouched, and nothing else is changed', async () => {
    let stranger: unknown
    let before = 0
    const read = (name: string) => inGraph(lk, `/users/${name}`)
    const failed = await run(lk, { userName: 'ann.other', ...whole(lk) }, async () => {
      await inGraph(lk, '/users', {
        accountEnabled: true,
        displayName: 'Ann Other',
        mailNickname: 'ann.other',
        userPrincipalName: 'ann.other@contoso.com',
        passwordProfile: { password: 'Gq7!vR2#kL9p' },
      })
      stranger = await read('ann.other@contoso.com')
      before = (await writes(lk)).length
    })
    expect(failed.status).toBe('failed')
    expect(failed.steps[0]).toMatchObject({ outcome: 'failed', reason: { code: 'user_name_taken' } })
    expect(failed.steps.slice(1).map((s) => s.outcome)).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
    expect(await read('ann.other@contoso.com')).toEqual(stranger)
    expect((await writes(lk)).slice(before)).toEqual([])
  })
})
