import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { actionsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { ask, besideField, copyOf, decide, inGraph, now } from '../rules/support.ts'
import { accountOf } from './account.ts'
import { approve, byHand, idsOf, open, request, send, stepOf, writes } from './support.ts'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  const named = [lk.alex, lk.isaiah, lk.megan, lk.lynne, lk.nestor, lk.patti, lk.grady, lk.debra, lk.lee, lk.bianca]
  for (const who of named) await lk.install(who)
})
afterAll(() => lk.stop())

const DAY = 86_400_000
const MINUTE = 60_000
const everyone = (): Record<string, string> => lk.ids.everyone
const idOf = (key: string): string => everyone()[key] ?? ''

/** Without what a person does by hand, which these do not wait for. */
function without(account: Record<string, unknown>, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(account).filter(([key]) => !keys.includes(key)))
}
const firstOf = (asked: Request): string => asked.stages[0]?.approvers[0]?.id ?? ''
const groupId = async (name: string): Promise<string> => (await lk.graph.groups.findByName(name))[0]?.id ?? ''
const groupNames = async (id: string): Promise<string[]> =>
  (await lk.graph.users.memberOf(id)).map((g) => g.displayName)

/** Gone, as far as it goes by itself: the mailbox is given up, so nothing waits for anybody's hands. */
async function gone(person: string, draft: Record<string, string> = {}): Promise<Request> {
  await byHand(lk, person, { hidden: true })
  const asked = await request(lk, 'deactivate', { person, mailbox: 'none', ...draft })
  return approve(lk, asked, firstOf(asked))
}

async function undone(original: Request): Promise<Request> {
  const asked = await request(lk, 'undo', { request: original._id })
  return approve(lk, asked, firstOf(asked))
}

describe('somebody who comes back', () => {
  let back: Request
  it('from a deactivation that is known gets everything back that it took', async () => {
    const before = await groupNames(idOf('li'))
    const left = await gone(idOf('li'))
    // A later one that came to nothing does not hide it.
    const again = await request(lk, 'deactivate', { person: idOf('li'), mailbox: 'none', deleteAfterDays: '30' })
    await lk.click('request.withdraw', { id: again._id }, { as: lk.alex })
    back = await request(lk, 'reactivate', { person: 'li na' })
    expect(back.undoes).toBe(left._id)
    const { reply } = await send(lk, 'reactivate', { person: 'li na', as: lk.isaiah })
    expect(besideField(reply, 'person')).toContain(`${back._id} is open already about Li Na`)
    back = await approve(lk, back, firstOf(back))
    expect(open(back)).toEqual([])
    expect((await groupNames(idOf('li'))).toSorted()).toEqual(before.toSorted())
    expect((await now(lk, left)).status).toBe('undone')
  })

  it('gets the first sign-in shown to the manager, once, and to nobody else', async () => {
    for (const as of [lk.alex, lk.isaiah, lk.patti]) {
      expect((await lk.click('secret.reveal', { id: back._id }, { as })).reply).toContain(
        'Only the person it is meant for',
      )
    }
    const entitled = back.secret?.entitled[0]?.id ?? ''
    expect(back.secret?.entitled.map((p) => p.name)).toEqual(['Ben Walters'])
    expect(textOf((await lk.click('secret.reveal', { id: back._id }, { as: entitled })).reply)).toContain(
      'lina@contoso.com',
    )
    expect((await lk.click('secret.reveal', { id: back._id }, { as: entitled })).reply).toContain('only once')
    const pass =
      JSON.stringify(await lk.requests.get(back._id)) + JSON.stringify(await lk.history.search({ requestId: back._id }))
    expect(pass).not.toMatch(/"(value|pass|password)"/)
  })

  it('from one that Latchkey did not make is let in again, and told what that leaves out', async () => {
    const asked = await request(lk, 'reactivate', { person: 'dana moran' })
    expect(asked.plan.notes.join(' ')).toContain('Latchkey did not close this account')
    const { reply } = await send(lk, 'reactivate', { person: 'dana moran', as: lk.isaiah })
    expect(besideField(reply, 'person')).toContain(`${asked._id} is open already`)
    const done = await approve(lk, asked, firstOf(asked))
    expect(open(done)).toEqual([])
    expect(await lk.graph.users.get(lk.disabled)).toMatchObject({ accountEnabled: true })
  })

  it('is let in also where the account was blocked before Latchkey deactivated it', async () => {
    await lk.graph.users.update(lk.disabled, { accountEnabled: false })
    await gone(lk.disabled)
    const asked = await request(lk, 'reactivate', { person: 'dana moran' })
    expect(open(await approve(lk, asked, firstOf(asked)))).toEqual([])
    expect(await lk.graph.users.get(lk.disabled)).toMatchObject({ accountEnabled: true })
  })

  it('who never left, or whom nobody knows, is said to be so', async () => {
    const said = async (person: string) => besideField((await send(lk, 'reactivate', { person })).reply, 'person')
    expect(await said('megan bowen')).toContain("Megan Bowen's account is active")
    expect(await said('Nobody Nowhere')).toContain('was found')
    expect(await said('')).toContain('Please fill this in')
    expect(await said('chris green')).toContain('Several people fit')
  })

  it('is not decided on by whoever asked', async () => {
    const left = await gone(idOf('kofi'))
    const asked = await request(lk, 'undo', { request: left._id })
    expect((await decide(lk, asked, { as: lk.alex })).reply).toContain('You asked for this yourself')
    await lk.click('request.withdraw', { id: asked._id }, { as: lk.alex })
    expect((await now(lk, left)).status).toBe('done')
  })
})

describe('an undo', () => {
  it('of what was done in part gives back that part, whatever failed in it', async () => {
    const before = await accountOf(lk, lk.alex)
    await lk.control('POST', 'faults', {
      method: 'DELETE',
      path: 'microsoftAuthenticatorMethods|fido2Methods',
      status: 403,
    })
    const half = await gone(lk.alex, { as: lk.isaiah })
    expect(half.status).toBe('partial')
    const undo = await undone(half)
    expect(undo.plan.notes.join(' ')).toContain('The old password is gone')
    expect(open(undo)).toEqual([])
    const byHandOnly = ['showInAddressList']
    expect(without(await accountOf(lk, lk.alex), ...byHandOnly)).toEqual(without(before, ...byHandOnly))
    expect((await now(lk, half)).status).toBe('undone')
  })

  it('knows after a retry what was there before the first try', async () => {
    const authenticator = 'microsoftAuthenticatorMethods'
    await lk.control('POST', 'faults', { method: 'DELETE', path: authenticator, status: 403 })
    const half = await gone(lk.adele)
    expect(open(half)).toEqual([expect.stringContaining('methods: failed')])
    await lk.click('request.retry', { id: half._id }, { as: lk.alex })
    await lk.settle()
    expect((await now(lk, half)).status).toBe('done')
    const { cards } = await lk.say(`undo ${half._id}`, { as: lk.alex })
    expect(textOf(cards[0])).toContain('Ways of signing in (phone, Authenticator) cannot be put back')
  })

  it('while the request still waits stops the rest of it for good', async () => {
    const before = await accountOf(lk, lk.joni)
    const asked = await request(lk, 'deactivate', { person: lk.joni })
    const waiting = await approve(lk, asked, lk.grady)
    expect(waiting.status).toBe('waiting')
    const undo = await undone(waiting)
    expect(open(undo)).toEqual([])
    const stopped = await now(lk, asked)
    expect(stopped.status).toBe('undone')
    expect(stepOf(stopped, 'licences')).toMatchObject({ outcome: 'skipped', reason: { code: 'taken_back' } })
    expect(await accountOf(lk, lk.joni)).toEqual(before)
    // Whoever converts the mailbox all the same does not set it going again.
    await byHand(lk, lk.joni, { purpose: 'shared', hidden: true })
    const reply = await lk.click('step.tick', { id: asked._id, step: 'mailbox' }, { as: lk.alex })
    expect(reply.reply).toContain('nothing to tick off')
    const count = (await writes(lk)).length
    lk.passTime(10 * MINUTE)
    await lk.settle()
    expect((await writes(lk)).length).toBe(count)
  })

  it('waits for a licence whose seat somebody took, gives back the rest, and goes on by itself', async () => {
    const gerhart = idOf('gerhart')
    const left = await gone(gerhart)
    expect(open(left)).toEqual([])
    const visio = lk.ids.skus.visio
    const takers = ['emily', 'delia', 'rebekah', 'lidia'].map(idOf)
    for (const id of takers) await lk.graph.users.assignLicense(id, { add: [{ skuId: visio }], remove: [] })
    const undo = await undone(left)
    expect(undo.status).toBe('waiting')
    expect(open(undo)).toEqual([
      'licences: applying no_seats',
      ...undo.plan.steps.filter((s) => s.needs?.includes('licences')).map((s) => `${s.id}: pending `),
    ])
    expect(textOf(copyOf(lk, lk.alex, undo._id))).toContain('Waiting for a free seat')
    expect(await lk.graph.users.get(gerhart)).toMatchObject({ accountEnabled: true })
    expect((await now(lk, left)).status).toBe('done')
    await lk.graph.users.assignLicense(takers[0] ?? '', { add: [], remove: [visio] })
    lk.passTime(6 * MINUTE)
    await lk.settle()
    expect(open(await now(lk, undo))).toEqual([])
    expect((await now(lk, left)).status).toBe('undone')
    const held = (await lk.graph.users.get(gerhart))?.assignedLicenses?.map((l) => l.skuId)
    expect(held?.toSorted()).toEqual([lk.ids.skus.e3, visio].toSorted())
  })

  it('waits likewise where the licence came with a group: being in it without a seat is not what was', async () => {
    const raul = idOf('raul')
    const left = await gone(raul)
    const e3 = (await lk.graph.skus.list()).find((s) => s.skuId === lk.ids.skus.e3)
    const takers: string[] = []
    for await (const user of lk.graph.users.list({ filter: "userType eq 'Member'" })) {
      const isFree = (user.assignedLicenses ?? []).every((l) => l.skuId !== lk.ids.skus.e3) && user.usageLocation
      if (isFree && user.id !== raul && takers.length < (e3?.seatsLeft ?? 0)) takers.push(user.id)
    }
    for (let i = takers.length; i < (e3?.seatsLeft ?? 0); i += 1) {
      const made = (await inGraph(lk, ['POST', '/users'], {
        accountEnabled: true,
        displayName: `Seat ${i}`,
        mailNickname: `seat${i}`,
        userPrincipalName: `seat${i}@contoso.com`,
        usageLocation: 'GB',
        passwordProfile: { password: 'A-long-Passw0rd-for-a-seat' },
      })) as { id: string }
      takers.push(made.id)
    }
    for (const id of takers) await lk.graph.users.assignLicense(id, { add: [{ skuId: lk.ids.skus.e3 }], remove: [] })
    const undo = await undone(left)
    const group = `group:${await groupId('License - Microsoft 365 E3')}`
    expect(undo.status).toBe('waiting')
    expect(stepOf(undo, group)?.reason).toMatchObject({ code: 'no_seats' })
    for (const id of takers) await lk.graph.users.assignLicense(id, { add: [], remove: [lk.ids.skus.e3] })
    lk.passTime(6 * MINUTE)
    await lk.settle()
    expect(open(await now(lk, undo))).toEqual([])
    expect((await lk.graph.users.get(raul))?.licenseAssignmentStates).toMatchObject([
      { state: 'Active', skuId: lk.ids.skus.e3 },
    ])
  })

  it('names what is gone or has another owner by now, and restores the rest', async () => {
    const [noam, johanna] = [lk.noam, lk.johanna]
    const group = (await inGraph(lk, ['POST', '/groups'], {
      displayName: 'Soon Gone',
      mailEnabled: false,
      mailNickname: 'soongone',
      securityEnabled: true,
    })) as { id: string }
    await lk.graph.groups.addMember(group.id, johanna)
    const before = await groupNames(johanna)
    const left = await gone(johanna)
    await inGraph(lk, ['DELETE', `/groups/${group.id}`])
    await lk.graph.users.setManager(noam, lk.patti)
    const undo = await undone(left)
    expect(undo.plan.notes).toContain('Soon Gone is no longer in the directory.')
    expect(undo.plan.notes).toContain("נועם לוי's manager is Patti Fernandez by now, and stays so.")
    expect(open(undo)).toEqual([])
    expect((await groupNames(johanna)).toSorted()).toEqual(before.filter((n) => n !== 'Soon Gone').toSorted())
    expect((await lk.graph.users.manager(noam))?.displayName).toBe('Patti Fernandez')
    expect((await lk.graph.users.manager(idOf('oskar')))?.displayName).toBe('Johanna Lorenz')
  })

  it('is asked again when the directory moves between what was approved and what would run', async () => {
    const group = (await inGraph(lk, ['POST', '/groups'], {
      displayName: 'Fading',
      mailEnabled: false,
      mailNickname: 'fading',
      securityEnabled: true,
    })) as { id: string }
    const emily = idOf('emily')
    await lk.graph.groups.addMember(group.id, emily)
    const left = await gone(emily)
    const asked = await request(lk, 'undo', { request: left._id })
    expect(idsOf(asked)).toContain(`group:${group.id}`)
    await inGraph(lk, ['DELETE', `/groups/${group.id}`])
    const drifted = await approve(lk, asked, firstOf(asked))
    expect(drifted.status).toBe('pending')
    expect(drifted.drift).toContainEqual({ id: `group:${group.id}`, title: 'Group', how: 'removed' })
    expect(await lk.graph.users.get(emily)).toMatchObject({ accountEnabled: false })
    const done = await approve(lk, drifted, firstOf(drifted))
    expect(open(done)).toEqual([])
    expect(await lk.graph.users.get(emily)).toMatchObject({ accountEnabled: true })
  })

  it('of a new account takes it away again, softly and with approval', async () => {
    const made = await ask(lk, { manager: lk.megan, groups: await groupId('VPN Users') })
    const provisioned = await approve(lk, made, lk.megan)
    const userId = provisioned.facts['userId'] ?? ''
    expect(provisioned.status).toBe('done')
    const asked = await request(lk, 'undo', { request: made._id })
    expect(idsOf(asked)).toEqual(['delete', 'undone'])
    expect(await lk.graph.users.get(userId)).toBeDefined()
    const done = await approve(lk, asked, lk.megan)
    expect(open(done)).toEqual([])
    expect(await lk.graph.users.get(userId)).toBeUndefined()
    expect(await lk.graph.deletedUsers.get(userId)).toBeDefined()
    expect((await now(lk, made)).status).toBe('undone')
    const secret = await lk.click('secret.reveal', { id: made._id }, { as: lk.megan })
    expect(secret.reply).toContain('not possible any more: the request is undone')
  })
})

describe('who was deleted', () => {
  const deleted = async (person: string): Promise<Request> => {
    const left = await gone(person, { deleteAfterDays: '1' })
    expect(left.status).toBe('waiting')
    lk.passTime(DAY + MINUTE)
    await lk.settle()
    expect(await lk.graph.users.get(person)).toBeUndefined()
    return now(lk, left)
  }

  it('is restored within 30 days, and everything that was taken comes after that', async () => {
    const before = await accountOf(lk, lk.enrico)
    const left = await deleted(lk.enrico)
    const undo = await undone(left)
    expect(undo.plan.steps[0]).toMatchObject({ id: 'restore', kind: 'restore-user' })
    expect(undo.plan.steps.slice(1).every((s) => s.needs?.includes('restore'))).toBe(true)
    expect(open(undo)).toEqual([])
    expect(without(await accountOf(lk, lk.enrico), 'showInAddressList')).toEqual(without(before, 'showInAddressList'))
  })

  it('is beyond that when the 30 days are over, and no request is made of it', async () => {
    const left = await deleted(lk.christie)
    await inGraph(lk, ['DELETE', `/directory/deletedItems/${lk.christie}`])
    const { reply } = await send(lk, 'undo', { request: left._id })
    expect(besideField(reply, 'request')).toContain('more than 30 days ago, or for good: it cannot be restored')
    expect(await lk.requests.count({ undoes: left._id })).toBe(0)
  })

  it('comes back by name, too', async () => {
    const zoe = idOf('zoe')
    const left = await deleted(zoe)
    const asked = await request(lk, 'reactivate', { person: 'zoen@contoso.com' })
    expect(asked.undoes).toBe(left._id)
    expect(open(await approve(lk, asked, firstOf(asked)))).toEqual([])
    expect(await lk.graph.users.get(zoe)).toMatchObject({ accountEnabled: true })
  })
})

describe('what cannot be undone', () => {
  it('is an undo, a request that has not run, and one that nobody knows: each with its own sentence', async () => {
    const [undo] = await lk.requests.find({ operation: 'undo', status: 'done' }, { limit: 1 })
    const { reply } = await send(lk, 'undo', { request: undo?._id ?? '' })
    expect(besideField(reply, 'request')).toContain(`${undo?._id} cannot be taken back: it is an undo itself`)
    expect(actionsOf(copyOf(lk, lk.alex, undo?._id ?? '')).map((a) => a.title)).not.toContain('Undo')
    const [back] = await lk.requests.find({ operation: 'reactivate' }, { limit: 1 })
    expect(besideField((await send(lk, 'undo', { request: back?._id ?? '' })).reply, 'request')).toContain(
      'a reactivation',
    )
    const pending = await request(lk, 'deactivate', { person: lk.siobhan })
    expect(besideField((await send(lk, 'undo', { request: pending._id })).reply, 'request')).toContain('it is pending')
    await lk.click('request.withdraw', { id: pending._id }, { as: lk.alex })
    for (const typed of ['LK-ZZZZ', 'yesterday', '']) {
      expect(besideField((await send(lk, 'undo', { request: typed })).reply, 'request')).toContain(
        'There is no request',
      )
    }
    const [already] = await lk.requests.find({ operation: 'deactivate', status: 'undone' }, { limit: 1 })
    expect(besideField((await send(lk, 'undo', { request: already?._id ?? '' })).reply, 'request')).toContain(
      'it is undone',
    )
  })

  it('is what is being undone: two who ask at once make one undo, and nothing is retried meanwhile', async () => {
    await lk.control('POST', 'faults', { method: 'POST', path: 'assignLicense', status: 403 })
    const half = await gone(lk.siobhan)
    expect(half.status).toBe('partial')
    const both = await Promise.all([lk.alex, lk.isaiah].map((as) => send(lk, 'undo', { request: half._id, as })))
    expect(await lk.requests.count({ undoes: half._id })).toBe(1)
    const [only] = await lk.requests.find({ undoes: half._id })
    expect(both.map((b) => textOf(b.reply)).join(' ')).toContain(`being undone already, by ${only?._id}`)
    const { reply } = await lk.click('request.retry', { id: half._id }, { as: lk.alex })
    expect(reply).toContain(`being undone, by ${only?._id}`)
    await lk.settle()
    const done = await approve(lk, await now(lk, only ?? half), firstOf(half))
    expect(open(done)).toEqual([])
    expect((await now(lk, half)).status).toBe('undone')
  })
})

it('history tells all of it, unbroken, and none of it was an error of ours', async () => {
  const [undo] = await lk.requests.find({ operation: 'undo', status: 'done' }, { limit: 1 })
  const about = async (id = ''): Promise<string[]> =>
    (await lk.history.search({ requestId: id, limit: 200 })).map((e) => e.kind)
  expect(await about(undo?.undoes)).toContain('request.undone')
  expect(await about(undo?._id)).toContain('request.finished')
  expect(await lk.history.verify()).toMatchObject({ ok: true })
  expect(lk.errors).toEqual([])
})
