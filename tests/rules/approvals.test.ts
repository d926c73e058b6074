import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { actionsOf, inputsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { ask, copyOf, decide, inGraph, now } from './support.ts'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.alex, lk.isaiah, lk.megan, lk.lynne, lk.nestor, lk.patti]) await lk.install(who)
})
afterAll(() => lk.stop())

const HOUR = 3_600_000
const DAY = 24 * HOUR
const names = (request: Request): string[] => (request.stages[request.stage]?.approvers ?? []).map((a) => a.name).sort()
const groupId = async (name: string): Promise<string> => (await lk.graph.groups.findByName(name))[0]?.id ?? ''
const titles = (person: string, id: string): string[] => actionsOf(copyOf(lk, person, id)).map((a) => a.title)
const seen = (person: string, id: string): string => textOf(copyOf(lk, person, id))
const dayFromNow = (days: number): string => new Date(lk.clock.now().getTime() + days * DAY).toISOString().slice(0, 10)

describe('who may decide', () => {
  it('nobody on their own request, also when they are the manager: the fallback is asked', async () => {
    const request = await ask(lk, { manager: lk.alex })
    expect(names(request)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    expect(seen(lk.alex, request._id)).toMatch(
      /Alex Wilber\s+asked for this; Lynne Robbins and Nestor Wilke are asked instead/,
    )
    expect((await decide(lk, request, { as: lk.alex })).reply).toContain('You asked for this yourself')
    expect((await decide(lk, request, { as: lk.alex, verdict: 'reject' })).reply).toContain(
      'You asked for this yourself',
    )
    expect(titles(lk.alex, request._id)).not.toContain('Approve')
  })

  it('nobody on their own request, also when they are in the group that is asked', async () => {
    const approvers = await groupId('Latchkey Approvers')
    await lk.graph.groups.addMember(approvers, lk.alex)
    const request = await ask(lk, { manager: '' })
    expect(names(request)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    expect(request.stages[0]?.passedOver).toContainEqual({ name: 'Alex Wilber', why: 'is_requester' })
    expect((await decide(lk, request, { as: lk.alex })).reply).toContain('You asked for this yourself')
    await lk.graph.groups.removeMember(approvers, lk.alex)
  })

  it('nobody on their own account', async () => {
    const request = await ask(lk)
    await lk.requests.update({ _id: request._id }, { $set: { 'subject.id': lk.megan } })
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain('This is about your own account')
    expect((await now(lk, request)).status).toBe('pending')
  })

  it('not a colleague of the helpdesk, not an administrator, and to others the request does not exist', async () => {
    const request = await ask(lk)
    expect((await decide(lk, request, { as: lk.isaiah })).reply).toContain('not waiting for your approval')
    expect((await decide(lk, request, { as: lk.patti })).reply).toContain('not waiting for your approval')
    expect((await decide(lk, request, { as: lk.adele })).reply).toContain(`There is no request ${request._id}`)
    expect((await now(lk, request)).stages[0]?.decisions).toEqual([])
  })

  it('not with a forged or a broken card', async () => {
    const request = await ask(lk)
    const as = lk.megan
    const plan = request.plan.digest
    const reply = async (verb: string, data: object) => (await lk.click(verb, data, { as })).reply
    expect(await reply('request.approve', { id: 'LK-ZZZZ', plan })).toContain('There is no request LK-ZZZZ')
    expect(await reply('request.approve', { id: 7, plan })).toContain('could not be read')
    expect(await reply('request.approve', { id: { $ne: null }, plan })).toContain('could not be read')
    expect(await reply('request.approve', { id: request._id })).toContain('could not be read')
    expect(await reply('request.approve', { id: request._id, plan: 'f'.repeat(64) })).toContain('plan has changed')
    expect(await reply('request.approve', { id: request._id, plan, comment: 'x'.repeat(2001) })).toContain(
      'could not be read',
    )
    expect(await reply('request.obliterate', { id: request._id, plan })).toContain('another version')
    expect(await reply('request.retry', { id: request._id })).toContain('Only the person who asked')
    expect(await reply('secret.reveal', { id: request._id })).toContain('nothing to show yet')
    expect((await now(lk, request)).status).toBe('pending')
  })

  it('not somebody of another tenant, whatever their card says', async () => {
    const request = await ask(lk)
    const from = lk.activityFrom(lk.megan)
    const value = {
      action: { type: 'Action.Execute', verb: 'request.approve', data: { id: request._id, plan: request.plan.digest } },
    }
    const stranger = {
      ...from,
      channelData: { tenant: { id: randomUUID() } },
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
    }
    expect(JSON.stringify((await lk.post(stranger)).body)).toContain('another organisation')
    expect((await now(lk, request)).status).toBe('pending')
  })

  it('not by another channel than Teams, which does not vouch for who is speaking', async () => {
    const request = await ask(lk)
    const value = {
      action: { type: 'Action.Execute', verb: 'request.approve', data: { id: request._id, plan: request.plan.digest } },
    }
    const chat = { id: 'web-chat', conversationType: 'personal', tenantId: lk.ids.tenant }
    const forged = {
      ...lk.activityFrom(lk.megan),
      channelId: 'webchat',
      conversation: chat,
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
    }
    expect(JSON.stringify((await lk.post(forged)).body)).toContain('only in Microsoft Teams')
    expect((await now(lk, request)).status).toBe('pending')
    // Nor does it learn where to send her cards.
    await decide(lk, request, { as: lk.megan, verdict: 'reject' })
    await lk.settle()
    expect(lk.teams.messages('web-chat').filter((m) => m.card)).toEqual([])
  })

  it('nobody whom the directory does not know', async () => {
    const request = await ask(lk)
    expect((await decide(lk, request, { as: randomUUID() })).reply).toContain('not active in the directory')
    expect((await lk.say('approvals', { as: randomUUID() })).texts[0]).toContain('not active in the directory')
  })

  it('no approver whose account was disabled a moment ago: it does not count, and the fallback is asked', async () => {
    const request = await ask(lk)
    await lk.say('approvals', { as: lk.megan })
    await lk.graph.users.update(lk.megan, { accountEnabled: false })
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    await lk.graph.users.update(lk.megan, { accountEnabled: true })
    const reopened = await now(lk, request)
    expect(reopened.status).toBe('pending')
    expect(reopened.stages[0]?.decisions).toEqual([])
    expect(names(reopened)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    expect(seen(lk.lynne, request._id)).toMatch(/Megan Bowen\s+may not decide this any more/)
    expect(titles(lk.lynne, request._id)).toEqual(['Approve', 'Reject'])
    expect((await decide(lk, request, { as: lk.megan })).reply).toMatch(/not waiting for your approval|no request/)
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
  })

  it('no approver who was taken out of the group after the card was sent, neither with a yes nor with a no', async () => {
    const approvers = await groupId('Latchkey Approvers')
    for (const verdict of ['approve', 'reject'] as const) {
      const request = await ask(lk, { manager: '' })
      await lk.graph.groups.removeMember(approvers, lk.lynne)
      await decide(lk, request, { as: lk.lynne, verdict })
      await lk.settle()
      await lk.graph.groups.addMember(approvers, lk.lynne)
      expect((await now(lk, request)).status).toBe('pending')
      const told = await lk.history.search({ requestId: request._id, limit: 20 })
      expect(told.map((entry) => entry.kind)).toContain('decision.struck')
      await decide(lk, request, { as: lk.nestor, verdict: 'reject' })
      await lk.settle()
      expect((await now(lk, request)).status).toBe('rejected')
    }
  })
})

describe('a decision', () => {
  it("changes every copy of the card: the one that was pressed, the requester's, and the other approver's", async () => {
    const request = await ask(lk, { manager: '' })
    expect(titles(lk.nestor, request._id)).toEqual(['Approve', 'Reject'])
    await lk.press('Reject', { as: lk.lynne, inputs: { comment: 'Not before the audit' } })
    await lk.settle()
    for (const who of [lk.alex, lk.lynne, lk.nestor]) {
      expect(seen(who, request._id)).toContain('Rejected by Lynne Robbins')
      expect(seen(who, request._id)).toContain('Not before the audit')
      expect(titles(who, request._id)).not.toContain('Approve')
    }
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
  })

  it.each([
    ['does not answer', { path: '.*', status: 503, retryAfter: 0 }, 'could not be reached'],
    [
      'refuses to tell',
      { method: 'GET', path: '.*', status: 403 },
      'does not allow Latchkey to do this (Authorization_RequestDenied)',
    ],
  ])('is taken while Graph %s, which the card says, and takes effect when it does', async (_how, fault, why) => {
    const request = await ask(lk)
    await lk.say('approvals', { as: lk.megan })
    await lk.control('POST', 'faults', { ...fault, times: 1_000 })
    expect(textOf((await decide(lk, request, { as: lk.megan })).reply)).toContain('Approved')
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain('has approved this already')
    await expect.poll(() => seen(lk.alex, request._id)).toContain(`Approved, but Microsoft 365 ${why}`)
    expect((await now(lk, request)).status).toBe('pending')
    await lk.control('DELETE', 'faults')
    lk.passTime(6_000)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect(await now(lk, request)).not.toHaveProperty('held')
    expect((await now(lk, request)).stages[0]?.decisions).toHaveLength(1)
  })

  it('that is held up is not so any more when the request is withdrawn', async () => {
    const request = await ask(lk)
    await lk.control('POST', 'faults', { path: '.*', status: 503, retryAfter: 0, times: 1_000 })
    await decide(lk, request, { as: lk.megan })
    await expect.poll(async () => (await now(lk, request)).held?.code).toBe('graph_unreachable')
    await lk.control('DELETE', 'faults')
    await lk.click('request.withdraw', { id: request._id }, { as: lk.alex })
    await lk.settle()
    expect(await now(lk, request)).toMatchObject({ status: 'withdrawn' })
    expect(await now(lk, request)).not.toHaveProperty('held')
  })

  it('that has taken effect does not run while Graph does not answer, and the card says so', async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    const request = await ask(lk, { startDate: soon })
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('scheduled')
    await lk.control('POST', 'faults', { path: '.*', status: 503, retryAfter: 0, times: 1_000 })
    lk.passTime(4 * 86_400_000)
    await expect.poll(() => seen(lk.alex, request._id)).toContain('but Microsoft 365 could not be reached')
    await lk.control('DELETE', 'faults')
    lk.passTime(6_000)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect(seen(lk.alex, request._id)).not.toContain('could not be reached')
  })

  it('stands: nobody approves what was rejected, and the late one hears who was first', async () => {
    const request = await ask(lk, { manager: '' })
    await decide(lk, request, { as: lk.lynne, verdict: 'reject' })
    expect((await decide(lk, request, { as: lk.nestor })).reply).toContain('Lynne Robbins has rejected this already')
    expect((await decide(lk, request, { as: lk.lynne })).reply).toContain('has rejected this already')
    await lk.settle()
    expect((await now(lk, request)).status).toBe('rejected')
  })

  it('is made once, however many press at once', async () => {
    const request = await ask(lk, { manager: '' })
    const clicks = [lk.lynne, lk.nestor, lk.lynne, lk.nestor]
    await Promise.all(clicks.map((as, i) => decide(lk, request, { as, verdict: i % 2 === 0 ? 'approve' : 'reject' })))
    expect((await now(lk, request)).stages[0]?.decisions).toHaveLength(1)
    await lk.settle()
  })

  it('of the requester to take it back ends it; a stranger cannot, an administrator can', async () => {
    const [first, second] = [await ask(lk), await ask(lk)]
    expect((await lk.click('request.withdraw', { id: first._id }, { as: lk.isaiah })).reply).toContain(
      'Only the person who asked',
    )
    expect((await lk.click('request.withdraw', { id: first._id }, { as: lk.megan })).reply).toContain(
      'Only the person who asked',
    )
    expect((await lk.click('request.withdraw', { id: first._id }, { as: lk.adele })).reply).toContain(
      'There is no request',
    )
    await lk.click('request.withdraw', { id: first._id }, { as: lk.alex })
    await lk.click('request.withdraw', { id: second._id }, { as: lk.patti })
    await lk.settle()
    for (const request of [first, second]) {
      expect((await now(lk, request)).status).toBe('withdrawn')
      expect(titles(lk.megan, request._id)).toEqual([])
      expect((await decide(lk, request, { as: lk.megan })).reply).toContain(
        'not possible any more: the request is withdrawn',
      )
    }
    expect((await lk.click('request.withdraw', { id: first._id }, { as: lk.alex })).reply).toContain(
      'not possible any more',
    )
  })

  it('that was refused can be asked again with the form filled as it was', async () => {
    const request = await ask(lk, { jobTitle: 'Analyst', manager: lk.megan })
    await decide(lk, request, { as: lk.megan, verdict: 'reject', comment: 'Wrong team' })
    await lk.settle()
    expect(seen(lk.alex, request._id)).toContain('Wrong team')
    const { cards } = await lk.click('request.again', { id: request._id }, { as: lk.alex })
    expect(JSON.stringify(cards[0])).toContain('Analyst')
    const byApprover = await lk.click('request.again', { id: request._id }, { as: lk.megan })
    expect(byApprover.reply).toContain('Only the helpdesk')
    expect(byApprover.cards).toEqual([])
  })

  it('asked again with another template gives what that one gives, and what was asked for beside it', async () => {
    const [extra] = await lk.graph.groups.findByName('VPN Users')
    const request = await ask(lk, { template: 'engineer', groups: extra?.id ?? '', department: 'Support' })
    expect(request.input).toMatchObject({ jobTitle: 'Engineer', department: 'Support' })
    await decide(lk, request, { as: lk.megan, verdict: 'reject' })
    await lk.settle()
    const { cards } = await lk.click('request.again', { id: request._id }, { as: lk.alex })
    const filled = inputsOf(cards[0])
    expect(filled).toMatchObject({ template: 'engineer', groups: extra?.id, jobTitle: '', department: 'Support' })
    const other = await ask(lk, { ...filled, template: 'sales' })
    expect(other.input).toMatchObject({ jobTitle: 'Account Executive', department: 'Support' })
    const groups = other.plan.steps.filter((step) => step.kind === 'add-to-group').map((step) => step.after)
    expect(groups).toContain('VPN Users')
    expect(groups).not.toContain('All Engineering')
  })
})

describe('an approver who cannot be reached', () => {
  it('because the app is blocked: the fallback is asked, and the card says why', async () => {
    lk.teams.block(lk.chatOf(lk.megan))
    const request = await ask(lk)
    lk.teams.unblock(lk.chatOf(lk.megan))
    expect(names(request)).toEqual(['Lynne Robbins', 'Megan Bowen', 'Nestor Wilke'])
    const text = seen(lk.alex, request._id)
    expect(text).toMatch(/Megan Bowen\s+could not be reached; \w+ \w+ and \w+ \w+ are asked instead/)
    expect(text.match(/Megan Bowen\s+(could not|has no card)/g)).toHaveLength(1)
    expect(titles(lk.lynne, request._id)).toEqual(['Approve', 'Reject'])
    await decide(lk, request, { as: lk.lynne, verdict: 'reject' })
    await lk.settle()
  })

  it('because the app is not installed: likewise, and gets the card as soon as it is', async () => {
    const request = await ask(lk, { manager: lk.bianca })
    expect(names(request)).toEqual(['Bianca Pisani', 'Lynne Robbins', 'Nestor Wilke'])
    expect(seen(lk.alex, request._id)).toMatch(/Bianca Pisani\s+could not be reached/)
    await lk.install(lk.bianca)
    await lk.settle()
    expect(titles(lk.bianca, request._id)).toEqual(['Approve', 'Reject'])
    expect(seen(lk.alex, request._id)).not.toContain('could not be reached')
    await decide(lk, request, { as: lk.bianca, verdict: 'reject' })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('rejected')
  })
})

describe('time', () => {
  it('is up to the minute: a click after the last moment does not count, though nobody has said so yet', async () => {
    const request = await ask(lk)
    await lk.say('approvals', { as: lk.megan })
    lk.passTime(3 * 86_400_000 + 1_000)
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain(
      'not possible any more: the request is expired',
    )
    await lk.settle()
    expect((await now(lk, request)).status).toBe('expired')
  })

  it('that passes without an answer is a no, after one reminder', async () => {
    const request = await ask(lk)
    const cards = () =>
      lk.teams.messages(lk.chatOf(lk.megan)).filter((m) => JSON.stringify(m.card).includes(request._id)).length
    expect(cards()).toBe(1)
    lk.passTime(25 * HOUR)
    await lk.settle()
    expect(cards()).toBe(2)
    lk.passTime(40 * HOUR)
    await lk.settle()
    expect(cards()).toBe(2)
    lk.passTime(8 * HOUR)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('expired')
    expect(seen(lk.alex, request._id)).toContain('Expired: nobody answered in time, which means no')
    expect(titles(lk.megan, request._id)).toEqual([])
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain(
      'not possible any more: the request is expired',
    )
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
  })

  it('of the start is kept: an approved request waits for its day, and then runs', async () => {
    const request = await ask(lk, { startDate: dayFromNow(3) })
    expect(textOf((await decide(lk, request, { as: lk.megan })).reply)).toContain('Scheduled for')
    await lk.settle()
    expect((await now(lk, request)).status).toBe('scheduled')
    expect(seen(lk.alex, request._id)).toContain('Scheduled for')
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
    lk.passTime(4 * DAY)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeDefined()
  })

  it('until the start is time to take it back', async () => {
    const request = await ask(lk, { startDate: dayFromNow(3) })
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    await lk.click('request.withdraw', { id: request._id }, { as: lk.alex })
    lk.passTime(4 * DAY)
    await lk.settle()
    expect((await now(lk, request)).status).toBe('withdrawn')
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
  })
})

describe('a directory that moves between the approval and the run', () => {
  const approvedForLater = async (draft: Record<string, string>): Promise<Request> => {
    const request = await ask(lk, { ...draft, startDate: dayFromNow(2) })
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    return request
  }
  const comes = async (request: Request): Promise<Request> => {
    lk.passTime(3 * DAY)
    await lk.settle()
    return now(lk, request)
  }

  it('sends the request back with the difference marked; the old card decides nothing, the new one runs', async () => {
    const groups = await groupId('VPN Users')
    const request = await approvedForLater({ groups })
    await inGraph(lk, ['PATCH', `/groups/${groups}`], { displayName: 'VPN Users (worldwide)' })
    const drifted = await comes(request)
    expect(drifted.status).toBe('pending')
    expect(drifted.drift).toEqual([{ id: `group:${groups}`, title: 'Group', how: 'changed' }])
    expect(seen(lk.megan, request._id)).toContain('The directory has changed')
    expect(seen(lk.megan, request._id)).toContain('changed since it was approved')
    expect((await decide(lk, request, { as: lk.megan })).reply).toContain('The plan has changed')
    expect(await lk.graph.users.get(request.subject.userPrincipalName)).toBeUndefined()
    await decide(lk, drifted, { as: lk.megan })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    await inGraph(lk, ['PATCH', `/groups/${groups}`], { displayName: 'VPN Users' })
  })

  it('because a group was deleted: the approver sees that it is gone', async () => {
    const group = (await inGraph(lk, ['POST', '/groups'], {
      displayName: 'Soon Gone',
      mailEnabled: false,
      mailNickname: 'soongone',
      securityEnabled: true,
    })) as { id: string }
    const request = await approvedForLater({ groups: group.id })
    await inGraph(lk, ['DELETE', `/groups/${group.id}`])
    expect((await comes(request)).drift).toEqual([{ id: `group:${group.id}`, title: 'Group', how: 'changed' }])
    expect(seen(lk.megan, request._id)).toContain('no longer in the directory')
  })

  it('because the manager left: the fallback is asked, and nothing is handed to a closed account', async () => {
    await lk.install(lk.pradeep)
    const request = await ask(lk, { manager: lk.pradeep, startDate: dayFromNow(2) })
    await decide(lk, request, { as: lk.pradeep })
    await lk.settle()
    await lk.graph.users.update(lk.pradeep, { accountEnabled: false })
    const drifted = await comes(request)
    expect(drifted.status).toBe('pending')
    expect(drifted.drift?.map((d) => d.id).sort()).toEqual(['hand-over', 'manager'])
    expect(names(drifted)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    expect(seen(lk.lynne, request._id)).toMatch(/Pradeep Gupta\s+has a disabled account/)
    await decide(lk, drifted, { as: lk.lynne })
    await lk.settle()
    expect((await now(lk, request)).secret?.entitled.map((p) => p.name)).toEqual(['Alex Wilber'])
    await lk.graph.users.update(lk.pradeep, { accountEnabled: true })
  })
})

describe('several stages and several voices', () => {
  let staged: Harness
  beforeAll(async () => {
    staged = await startHarness({
      policy(policy) {
        policy.operations.provision.stages = [
          { name: 'Manager', who: ['manager'], fallback: [], approvals: 1, within: 86_400 },
          { name: 'IT', who: ['role:approver', 'person:patti'], fallback: [], approvals: 2, within: 86_400 },
        ]
      },
    })
    for (const who of [staged.alex, staged.megan, staged.lynne, staged.nestor, staged.patti]) await staged.install(who)
  })
  afterAll(() => staged.stop())

  it('are asked in turn: the second stage hears of it when the first has agreed, and needs two', async () => {
    const request = await ask(staged)
    expect(copyOf(staged, staged.lynne, request._id)).toBeUndefined()
    expect((await decide(staged, request, { as: staged.lynne })).reply).toContain('not waiting for your approval')
    await decide(staged, request, { as: staged.megan })
    await staged.settle()
    expect(textOf(copyOf(staged, staged.alex, request._id))).toContain('Waiting for 2 of')
    await decide(staged, request, { as: staged.lynne })
    await staged.settle()
    expect((await now(staged, request)).status).toBe('pending')
    expect((await decide(staged, request, { as: staged.lynne })).reply).toContain('has approved this already')
    expect((await decide(staged, request, { as: staged.megan })).reply).toContain('not waiting for your approval')
    await decide(staged, request, { as: staged.patti })
    await staged.settle()
    expect((await now(staged, request)).status).toBe('done')
    const card = textOf(copyOf(staged, staged.alex, request._id))
    for (const name of ['Megan Bowen', 'Lynne Robbins', 'Patti Fernandez']) expect(card).toContain(name)
  })

  it('end with one no', async () => {
    const request = await ask(staged)
    await decide(staged, request, { as: staged.megan })
    await staged.settle()
    await decide(staged, request, { as: staged.lynne })
    await decide(staged, request, { as: staged.nestor, verdict: 'reject' })
    await staged.settle()
    expect((await now(staged, request)).status).toBe('rejected')
  })

  it('are people as they are when their stage opens, not as they were when it was asked', async () => {
    const approvers = (await staged.graph.groups.findByName('Latchkey Approvers'))[0]?.id ?? ''
    const request = await ask(staged)
    await staged.graph.groups.removeMember(approvers, staged.lynne)
    await staged.graph.groups.addMember(approvers, staged.debra)
    await staged.install(staged.debra)
    await decide(staged, request, { as: staged.megan })
    await staged.settle()
    expect(names(await now(staged, request))).toEqual(['Debra Berger', 'Nestor Wilke', 'Patti Fernandez'])
    expect((await decide(staged, request, { as: staged.lynne })).reply).toMatch(
      /not waiting for your approval|There is no request/,
    )
    await staged.graph.groups.addMember(approvers, staged.lynne)
  })

  it('that nobody could ever give are refused when the request is made', async () => {
    const request = await ask(staged, { manager: '' }).catch((error: Error) => error.message)
    expect(request).toContain('Nobody can approve this: the stage "Manager" has too few people')
  })
})

it('none of all this was an error of ours', () => expect(lk.errors).toEqual([]))
