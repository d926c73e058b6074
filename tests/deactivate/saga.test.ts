import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { copyOf, decide, inGraph, now } from '../rules/support.ts'
import { accountOf } from './account.ts'
import { approve, byHand, idsOf, open, request, stepOf, tick, type Write, writes } from './support.ts'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.alex, lk.isaiah, lk.megan, lk.lynne, lk.nestor, lk.patti, lk.allan]) await lk.install(who)
})
afterAll(() => lk.stop())

const DAY = 86_400_000
const everyone = (): Record<string, string> => lk.ids.everyone
const idOf = (key: string): string => everyone()[key] ?? ''
const groupId = async (name: string): Promise<string> => (await lk.graph.groups.findByName(name))[0]?.id ?? ''
const ownersOf = async (name: string): Promise<string[]> =>
  (await lk.graph.groups.owners(await groupId(name))).map((o) => o.displayName).sort()
const namesOf = (people: { displayName: string }[]): string[] => people.map((p) => p.displayName).sort()

/** What was written while `work` ran. */
async function written(work: () => Promise<unknown>): Promise<Write[]> {
  const before = (await writes(lk)).length
  await work()
  return (await writes(lk)).slice(before)
}

const at = (list: Write[], method: string, path: RegExp): number =>
  list.findIndex((w) => w.method === method && path.test(w.path))

/** Nothing by hand is left for this one, so that it runs through. */
async function simple(person: string, draft: Record<string, string> = {}): Promise<Request> {
  await byHand(lk, person, { hidden: true })
  return request(lk, 'deactivate', { person, mailbox: 'none', ...draft })
}
const firstOf = (asked: Request): string => asked.stages[0]?.approvers[0]?.id ?? ''

describe('the order', () => {
  let asked: Request
  it('blocks and revokes before anything else, and takes no licence before the mailbox is safe', async () => {
    asked = await request(lk, 'deactivate', { person: lk.adele })
    const list = await written(() => approve(lk, asked, lk.megan))
    expect(list.every((w) => w.status < 300)).toBe(true)
    expect(at(list, 'PATCH', new RegExp(`^/users/${lk.adele}$`))).toBe(0)
    expect(at(list, 'POST', /revokeSignInSessions$/)).toBe(1)
    expect(at(list, 'PATCH', new RegExp(`^/users/${lk.adele}$`))).toBeLessThan(at(list, 'DELETE', /members/))
    const [added, removed] = [at(list, 'POST', /owners\/\$ref$/), at(list, 'DELETE', /owners/)]
    expect(added).toBeGreaterThan(1)
    expect(removed).toBeGreaterThan(added)
    expect(at(list, 'POST', /assignLicense$/)).toBe(-1)
    expect(textOf(copyOf(lk, lk.alex, asked._id))).toContain('Convert to shared mailbox')
    await byHand(lk, lk.adele, { purpose: 'shared', hidden: true })
    const after = await written(async () => (asked = await tick(lk, asked, ['mailbox', 'address-list'])))
    expect(after.map((w) => w.path)).toEqual([expect.stringMatching(/assignLicense$/)])
    expect(open(asked)).toEqual([])
    expect(asked.status).toBe('done')
  })

  it('names every group that cannot be left, with what to do', () => {
    const text = textOf(copyOf(lk, lk.alex, asked._id))
    expect(text).toContain('News cannot be left here: it belongs to Exchange. Remove the person in the Exchange admin')
    expect(text).toContain('HQ Badge Holders cannot be left here: it comes from on-premises. Remove the person there.')
  })

  it('of a dynamic group too, which is left to its rule', async () => {
    const { cards } = await lk.say('deactivate mina ito', { as: lk.alex })
    expect(textOf(cards[0])).toContain('All Sales (dynamic) cannot be left here: its rule decides')
  })

  it('is told in history, step by step, with what Microsoft knows each call by', async () => {
    const told = await lk.history.search({ requestId: asked._id, limit: 200 })
    const kinds = told.map((e) => e.kind)
    for (const kind of ['request.created', 'request.approved', 'request.started', 'step.ticked', 'request.finished']) {
      expect(kinds).toContain(kind)
    }
    const steps = told.filter((e) => e.kind === 'step.finished')
    expect(steps).toHaveLength(asked.plan.steps.length)
    expect(steps.every((e) => e.data['clientRequestId'] !== '')).toBe(true)
    expect(await lk.history.verify()).toMatchObject({ ok: true })
  })
})

it('a licence that comes from a group goes with the group, after the mailbox is safe, and never directly', async () => {
  const karl = idOf('karl')
  const licence = await groupId('License - Microsoft 365 E3')
  const asked = await request(lk, 'deactivate', { person: karl })
  expect(idsOf(asked)).not.toContain('licences')
  const before = await written(() => approve(lk, asked, lk.allan))
  expect(at(before, 'DELETE', new RegExp(licence))).toBe(-1)
  await byHand(lk, karl, { purpose: 'shared', hidden: true })
  const after = await written(() => tick(lk, asked, ['mailbox', 'address-list']))
  expect(at(after, 'DELETE', new RegExp(`^/groups/${licence}/members/${karl}`))).toBe(0)
  expect(at([...before, ...after], 'POST', /assignLicense/)).toBe(-1)
  const done = await now(lk, asked)
  expect(open(done)).toEqual([])
  expect((await lk.graph.users.get(karl))?.assignedLicenses).toEqual([])
  expect(stepOf(done, `group:${licence}`)?.saved).toEqual({ member: true })
  expect(done.plan.steps.find((s) => s.id === `group:${licence}`)?.args).toMatchObject({ gives: [lk.ids.skus.e3] })
})

describe('what others need from the leaver', () => {
  it('their people and their groups go to the successor, and no group is ever without an owner', async () => {
    const asked = await simple(lk.pradeep)
    await approve(lk, asked, lk.megan)
    expect(namesOf(await lk.graph.users.directReports(lk.pradeep))).toEqual([])
    expect(namesOf(await lk.graph.users.directReports(lk.megan))).toEqual(
      expect.arrayContaining(['Sanjay Shah', 'Tomasz Kowalski']),
    )
    expect(await ownersOf('GitHub Users')).toEqual(['Megan Bowen'])
  })

  it('keeps the old owner where the new one could not be put in, and says so', async () => {
    await lk.control('POST', 'faults', { method: 'POST', path: 'owners', status: 403, times: 1 })
    const asked = await simple(lk.miriam)
    const part = await approve(lk, asked, lk.patti)
    expect(part.status).toBe('partial')
    const kept = part.plan.steps
      .filter((_, i) => part.steps[i]?.outcome === 'failed')
      .map((s) => s.after.split(': ')[1])
    expect(kept).toHaveLength(1)
    expect(await ownersOf(kept[0] ?? '')).toEqual(['Miriam Graham'])
    await lk.click('request.retry', { id: asked._id }, { as: lk.alex })
    await lk.settle()
    expect(await ownersOf(kept[0] ?? '')).toEqual(['Patti Fernandez'])
    expect((await now(lk, asked)).status).toBe('done')
  })

  it('an owner whose account is disabled is nobody to leave a group to', async () => {
    const group = (await inGraph(lk, ['POST', '/groups'], {
      displayName: 'Two Owners',
      mailEnabled: false,
      mailNickname: 'twoowners',
      securityEnabled: true,
      'owners@odata.bind': [lk.disabled, idOf('sanjay')].map((id) => `${lk.sandboxUrl}/v1.0/users/${id}`),
    })) as { id: string }
    const asked = await simple(idOf('sanjay'))
    expect(idsOf(asked)).toContain(`owner:${group.id}:new`)
    await approve(lk, asked, firstOf(asked))
    expect(await ownersOf('Two Owners')).toEqual(['Dana Moran', 'Megan Bowen'])
  })

  it('who takes over from their own manager reports to the manager above', async () => {
    const asked = await simple(idOf('lidia'), { successor: idOf('serena') })
    await approve(lk, asked, lk.megan)
    expect((await lk.graph.users.manager(idOf('serena')))?.displayName).toBe('Megan Bowen')
    expect((await lk.graph.users.manager(idOf('grace')))?.displayName).toBe('Serena Markunaite')
  })
})

describe('the mailbox', () => {
  it('that is kept keeps its licences, direct or by a group', async () => {
    await byHand(lk, lk.henrietta, { hidden: true })
    const asked = await request(lk, 'deactivate', { person: lk.henrietta, mailbox: 'keep' })
    const done = await approve(lk, asked, firstOf(asked))
    expect(open(done)).toEqual([])
    expect((await lk.graph.users.get(lk.henrietta))?.assignedLicenses?.map((l) => l.skuId)).toEqual([lk.ids.skus.e3])
  })

  it('that is given up frees them at once', async () => {
    const asked = await simple(lk.christie)
    expect(idsOf(asked)).not.toContain('mailbox')
    const done = await approve(lk, asked, firstOf(asked))
    expect(open(done)).toEqual([])
    expect(await accountOf(lk, lk.christie)).toMatchObject({
      accountEnabled: false,
      assignedLicenses: [],
      mailbox: undefined,
    })
  })

  it('that is not there asks nothing of anybody', async () => {
    const asked = await request(lk, 'deactivate', { person: idOf('paolo') })
    for (const id of ['mailbox', 'address-list', 'auto-reply', 'licences']) expect(idsOf(asked)).not.toContain(id)
    expect((await approve(lk, asked, firstOf(asked))).status).toBe('done')
  })
})

describe('an urgent leaver', () => {
  it.each([
    ['the manager', 'delia', () => lk.diego],
    ['an approver', 'ines', () => lk.nestor],
    ['an administrator', 'amber', () => lk.patti],
  ])('goes after one approval, by %s: blocked and revoked first', async (_who, key, by) => {
    await lk.install(lk.diego)
    const asked = await request(lk, 'deactivate', { person: idOf(key), urgent: 'true' })
    expect(asked.plan.care).toBe('urgent')
    expect(asked.stages).toHaveLength(1)
    expect(asked.stages[0]?.needed).toBe(1)
    const list = await written(() => approve(lk, asked, by()))
    expect(list.slice(0, 2).map((w) => `${w.method} ${w.path.split('/').at(-1)}`)).toEqual([
      `PATCH ${idOf(key)}`,
      'POST revokeSignInSessions',
    ])
    expect((await now(lk, asked)).status).toBe('waiting')
  })
})

describe('a day and a time', () => {
  it('are those of the one who asks; until then nothing happens', async () => {
    const form = randomUUID()
    const day = new Date(lk.clock.now().getTime() + 3 * DAY).toISOString().slice(0, 10)
    const victor = idOf('victor')
    await lk.post({
      ...lk.activityFrom(lk.isaiah),
      localTimezone: 'America/New_York',
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: {
        action: {
          type: 'Action.Execute',
          verb: 'deactivate.submit',
          data: { form, person: victor, reason: 'Last day', startDate: day, startTime: '17:30' },
        },
      },
    })
    const [asked] = await lk.requests.find({ form: `${lk.isaiah}:${form}` })
    if (!asked) throw new Error('Not asked.')
    const inNewYork = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'short',
    })
    expect(inNewYork.format(asked.startAt)).toMatch(/17:30$/)
    const by = firstOf(asked)
    await lk.install(by)
    await lk.settle()
    expect((await approve(lk, await now(lk, asked), by)).status).toBe('scheduled')
    expect(await lk.graph.users.get(victor)).toMatchObject({ accountEnabled: true })
    lk.passTime(4 * DAY)
    await lk.settle()
    expect((await now(lk, asked)).status).toBe('done')
    expect(await lk.graph.users.get(victor)).toMatchObject({ accountEnabled: false })
  })

  it('of the deletion come N days after the rest: done but for that until then, and then really gone', async () => {
    const asked = await simple(lk.enrico, { deleteAfterDays: '30' })
    const waiting = await approve(lk, asked, firstOf(asked))
    expect(waiting.status).toBe('waiting')
    expect(open(waiting)).toEqual(['delete: pending not_before'])
    expect(textOf(copyOf(lk, lk.alex, asked._id))).not.toContain('every step verified')
    lk.passTime(29 * DAY)
    await lk.settle()
    expect(await lk.graph.users.get(lk.enrico)).toBeDefined()
    lk.passTime(1 * DAY + 60_000)
    await lk.settle()
    expect((await now(lk, asked)).status).toBe('done')
    expect(await lk.graph.users.get(lk.enrico)).toBeUndefined()
    expect(await lk.graph.deletedUsers.get(lk.enrico)).toBeDefined()
  })

  it('of a deletion never come when something before it failed', async () => {
    await lk.control('POST', 'faults', { method: 'POST', path: 'assignLicense', status: 403, times: 1 })
    const asked = await simple(lk.joni, { deleteAfterDays: '30' })
    const part = await approve(lk, asked, firstOf(asked))
    expect(part.status).toBe('partial')
    expect(stepOf(part, 'delete')).toMatchObject({ outcome: 'skipped', reason: { code: 'needs_failed_step' } })
    lk.passTime(60 * DAY)
    await lk.settle()
    expect(await lk.graph.users.get(lk.joni)).toBeDefined()
  })
})

describe('something that fails', () => {
  it('ends in "partly", with the reason; the rest is done, and Retry finishes', async () => {
    await lk.control('POST', 'faults', { method: 'PATCH', path: '^/devices/', status: 403, times: 1 })
    await byHand(lk, lk.alex, { hidden: true })
    const asked = await request(lk, 'deactivate', { person: lk.alex, mailbox: 'none', as: lk.isaiah })
    const part = await approve(lk, asked, lk.nestor)
    expect(part.status).toBe('partial')
    expect(open(part)).toEqual([expect.stringMatching(/^device:.*failed graph_refused/)])
    expect(textOf(copyOf(lk, lk.isaiah, asked._id))).toMatch(/Partly done[\s\S]*Microsoft 365 does not allow Latchkey/)
    await lk.click('request.retry', { id: asked._id }, { as: lk.isaiah })
    await lk.settle()
    const done = await now(lk, asked)
    expect(open(done)).toEqual([])
    expect(done.status).toBe('done')
    expect(await accountOf(lk, lk.alex)).toMatchObject({ accountEnabled: false, devices: ['LAPTOP-ALEXW: false'] })
  })
})

it('nobody approves twice, and nothing of this was an error of ours', async () => {
  const [any] = await lk.requests.find({ status: 'done' }, { limit: 1 })
  if (!any) throw new Error('Nothing was done.')
  expect((await decide(lk, any, { as: firstOf(any) })).reply).toContain('already')
  expect(lk.errors).toEqual([])
})
