import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Policy } from '../../services/approvals/policy.ts'
import { actionsOf, inputsOf, elementsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { ask, besideField, copyOf, decide, type Draft, now } from '../rules/support.ts'
import { approve, byHand, cardOf, idsOf, open, request, send, stepOf, writes } from './support.ts'

let lk: Harness
let policy: Policy
beforeAll(async () => {
  lk = await startHarness({
    policy(shipped) {
      policy = shipped
      shipped.handOver.mailFrom = 'scanner@contoso.com'
    },
  })
  for (const who of [lk.alex, lk.isaiah, lk.megan, lk.lynne, lk.nestor, lk.patti, lk.grady]) await lk.install(who)
})
afterAll(() => lk.stop())

const DAY = 86_400_000
const day = (days: number): string => new Date(lk.clock.now().getTime() + days * DAY).toISOString().slice(0, 10)
const groupId = async (name: string): Promise<string> => (await lk.graph.groups.findByName(name))[0]?.id ?? ''
const rolesOfApp = (appRoles: string[]) => lk.control('PATCH', 'settings', { appRoles })
const names = (people: { name: string }[] = []): string[] => people.map((p) => p.name).sort()

describe('who is never deactivated, whoever approves', () => {
  const refused: [who: string, typed: string, said: string][] = [
    ['a break-glass account', 'emergency1@contoso.onmicrosoft.com', 'emergency account'],
    ['oneself', 'alex wilber', 'your own account'],
    ["Latchkey's own mailbox", 'Scan to Mail', 'what Latchkey sends its mail from'],
    ['a guest', 'Provisioning Partner', 'is a guest'],
    ['somebody who comes from on-premises', 'Harold Finch', 'comes from on-premises'],
    ['somebody nobody knows', 'Nobody Nowhere', 'Nobody called "Nobody Nowhere" was found'],
    ['somebody of another directory', 'someone@fabrikam-unknown.example', 'is not a domain of this directory'],
  ]
  it.each(refused)('%s: a clear sentence on the form, and nothing typed is lost', async (_who, person, said) => {
    const before = await lk.requests.count({})
    const { reply } = await send(lk, 'deactivate', {
      person,
      successor: 'megan bowen',
      startTime: '18:00',
      urgent: 'true',
    })
    const form = cardOf(reply)
    expect(besideField(form, 'person')).toContain(said)
    const typed = { person, successor: 'megan bowen', startTime: '18:00', urgent: 'true', reason: 'Leaves for the sea' }
    expect(inputsOf(form)).toMatchObject(typed)
    expect(await lk.requests.count({})).toBe(before)
  })

  it('the last Global Administrator who can sign in', async () => {
    await rolesOfApp(['Global Administrator'])
    await lk.graph.users.update(lk.breakGlass, { accountEnabled: false })
    const { cards } = await lk.say('deactivate admin@contoso.onmicrosoft.com', { as: lk.alex })
    expect(besideField(cards[0], 'person')).toContain('last Global Administrator')
    await lk.graph.users.update(lk.breakGlass, { accountEnabled: true })
    const asked = await request(lk, 'deactivate', { person: lk.admin, mailbox: 'none' })
    expect(asked.plan.care).toBe('protected')
    // Whoever is the last one only when the day has come is not touched either.
    await lk.graph.users.update(lk.breakGlass, { accountEnabled: false })
    await approve(lk, asked, lk.lynne)
    const held = await approve(lk, asked, lk.patti)
    expect(held.status).toBe('pending')
    expect(textOf(copyOf(lk, lk.alex, asked._id))).toContain('last Global Administrator')
    expect(await lk.graph.users.get(lk.admin)).toMatchObject({ accountEnabled: true })
    await lk.click('request.withdraw', { id: asked._id }, { as: lk.alex })
    await lk.graph.users.update(lk.breakGlass, { accountEnabled: true })
    await rolesOfApp(['User Administrator'])
  })

  it('counts those who hold a role through a group among its holders', async () => {
    const groupsAdministrator = 'fdd7a751-b60b-444a-984c-02652fe8fa1c'
    expect((await lk.graph.roles.members(groupsAdministrator)).map((u) => u.displayName)).toEqual(['Hanna Virtanen'])
  })
})

it('a part of a name may fit somebody else than was meant, so the form says whose account it closes', async () => {
  const opened = (await lk.say('deactivate john', { as: lk.alex })).cards[0]
  const checked = (
    await lk.click('deactivate.check', { form: 'a-form-of-alex', person: 'john', reason: 'x' }, { as: lk.alex })
  ).reply
  for (const card of [opened, checked]) {
    expect(textOf(card)).toContain(' for Nikki Johnson')
    expect(textOf(card)).toContain('nikkij@contoso.com')
  }
})

it('a name that fits two people becomes a list to pick from, and the choice works', async () => {
  const { cards } = await lk.say('deactivate chris green', { as: lk.alex })
  const list = elementsOf(cards[0]).find((e) => e['id'] === 'person')
  const choices = (list?.['choices'] ?? []) as { title: string; value: string }[]
  expect(choices.map((c) => c.title)).toEqual([
    expect.stringContaining('Which chris green?'),
    expect.stringContaining('Account Manager'),
    expect.stringContaining('Payroll Specialist'),
  ])
  await lk.press('Send', {
    as: lk.alex,
    inputs: { ...inputsOf(lk.cardOf(lk.alex).card), person: choices[2]?.value, reason: 'x' },
  })
  const [asked] = await lk.requests.find({ 'subject.id': lk.chrisFinance })
  expect(asked?.subject.userPrincipalName).toBe('cgreen@contoso.com')
  await lk.click('request.withdraw', { id: asked?._id }, { as: lk.alex })
})

describe('a protected person', () => {
  it('who holds a role needs both stages, one after the other', async () => {
    const asked = await request(lk, 'deactivate', { person: lk.userAdmin })
    expect(asked.plan.care).toBe('protected')
    expect(asked.stages.map((s) => s.name)).toEqual(['Manager', 'Security'])
    expect(textOf(copyOf(lk, lk.alex, asked._id))).toContain('Holds the role User Administrator')
    expect((await decide(lk, asked, { as: lk.patti })).reply).toContain('not waiting for your approval')
    expect((await approve(lk, asked, lk.nestor)).status).toBe('pending')
    expect(await lk.graph.users.get(lk.userAdmin)).toMatchObject({ accountEnabled: true })
    const done = await approve(lk, asked, lk.patti)
    expect(open(done)).toEqual([])
    expect(await lk.graph.users.get(lk.userAdmin)).toMatchObject({ accountEnabled: false })
  })

  it('also when it is urgent', async () => {
    const asked = await request(lk, 'deactivate', { person: lk.diego, urgent: 'true' })
    expect(asked.stages.map((s) => s.name)).toEqual(['Manager', 'Security'])
    await lk.click('request.withdraw', { id: asked._id }, { as: lk.alex })
  })

  it('of whom nothing is taken while they can still sign in: the app is too low for their role', async () => {
    const asked = await request(lk, 'deactivate', { person: lk.hanna })
    expect(asked.plan.care).toBe('protected')
    expect(textOf(copyOf(lk, lk.alex, asked._id))).toContain(
      'Tier 0 Operators cannot be left here: it can be given roles',
    )
    const before = (await writes(lk)).length
    await approve(lk, asked, lk.nestor)
    const failed = await approve(lk, asked, lk.patti)
    expect(failed.status).toBe('failed')
    expect(stepOf(failed, 'sign-in')?.reason).toMatchObject({
      code: 'graph_refused',
      graphCode: 'Authorization_RequestDenied',
    })
    expect(failed.steps.slice(1).map((s) => s.outcome)).toEqual(failed.steps.slice(1).map(() => 'skipped'))
    expect((await writes(lk)).slice(before).map((w) => w.status)).toEqual([403])
  })

  it('is refused where policy names nobody who may approve it', async () => {
    const stages = policy.operations.deactivate.protected
    policy.operations.deactivate.protected = []
    const { reply } = await send(lk, 'deactivate', { person: 'hanna virtanen' })
    expect(textOf(reply)).toContain('holds a directory role, and the policy names nobody who may approve that')
    policy.operations.deactivate.protected = stages
  })

  it('keeps that protection when their new account is to be taken away by an undo', async () => {
    const made = await ask(lk, { manager: lk.megan, groups: '', template: '' })
    const provisioned = await approve(lk, made, lk.megan)
    const userId = provisioned.facts['userId'] ?? ''
    const tier0 = await groupId('Tier 0 Operators')
    await rolesOfApp(['Global Administrator'])
    await lk.graph.groups.addMember(tier0, userId)
    const undo = await request(lk, 'undo', { request: made._id })
    expect(undo.plan.care).toBe('protected')
    expect(undo.stages.map((s) => s.name)).toEqual(['Manager', 'Security'])
    await lk.click('request.withdraw', { id: undo._id }, { as: lk.alex })
    await rolesOfApp(['User Administrator'])
  })
})

describe('somebody whose account is disabled already', () => {
  it('is said to be, and what is left is offered', async () => {
    const { cards } = await lk.say('deactivate dana moran', { as: lk.alex })
    expect(textOf(cards[0])).toContain('Sign-in is blocked already; this is what is left to do')
    await byHand(lk, lk.disabled, { hidden: true })
    const asked = await request(lk, 'deactivate', { person: lk.disabled, mailbox: 'none' })
    expect(idsOf(asked)).not.toContain('sign-in')
    expect(idsOf(asked)).toContain('licences')
    const done = await approve(lk, asked, asked.stages[0]?.approvers[0]?.id ?? '')
    expect(open(done)).toEqual([])
    expect((await lk.graph.users.get(lk.disabled))?.assignedLicenses).toEqual([])
  })

  it('and of whom nothing is left to do is told so', async () => {
    const { reply } = await send(lk, 'deactivate', { person: 'dana moran' })
    expect(textOf(reply)).toContain('Dana Moran is deactivated already, and nothing is left to do')
  })
})

describe('a form that cannot be meant', () => {
  const bad: { what: string; draft: () => Draft; field: string; said: string }[] = [
    {
      what: 'delete, and keep the mailbox',
      draft: () => ({ deleteAfterDays: '30', mailbox: 'keep' }),
      field: 'deleteAfterDays',
      said: 'exclude each other',
    },
    {
      what: 'delete, and share the mailbox',
      draft: () => ({ deleteAfterDays: '30', mailbox: 'shared' }),
      field: 'deleteAfterDays',
      said: 'exclude each other',
    },
    {
      what: 'urgent, and later',
      draft: () => ({ urgent: 'true', startDate: day(2) }),
      field: 'urgent',
      said: 'exclude each other',
    },
    { what: 'a day in the past', draft: () => ({ startDate: day(-2) }), field: 'startDate', said: 'This day is over' },
    {
      what: 'a time that is over',
      draft: () => ({ startDate: day(-1), startTime: '00:00' }),
      field: 'startDate',
      said: 'This day is over',
    },
    { what: 'a day that is none', draft: () => ({ startDate: '2027-02-30' }), field: 'startDate', said: 'not a date' },
    {
      what: 'a time that is none',
      draft: () => ({ startDate: day(2), startTime: '25:00' }),
      field: 'startTime',
      said: 'not a time',
    },
    {
      what: 'a time without a day',
      draft: () => ({ startTime: '18:00' }),
      field: 'startDate',
      said: 'Please fill this in',
    },
    { what: 'years ahead', draft: () => ({ startDate: day(900) }), field: 'startDate', said: 'days ahead' },
    {
      what: 'a successor who leaves',
      draft: () => ({ successor: 'joni sherman' }),
      field: 'successor',
      said: 'exclude each other',
    },
    {
      what: 'a successor who is disabled',
      draft: () => ({ successor: 'dana moran' }),
      field: 'successor',
      said: 'account is disabled',
    },
    {
      what: 'a successor nobody knows',
      draft: () => ({ successor: 'Nobody Nowhere' }),
      field: 'successor',
      said: 'was found',
    },
    { what: 'a mailbox fate of its own', draft: () => ({ mailbox: 'burn' }), field: 'mailbox', said: 'not offered' },
    {
      what: 'a part of a day',
      draft: () => ({ mailbox: 'none', deleteAfterDays: '1.5' }),
      field: 'deleteAfterDays',
      said: 'not offered',
    },
    { what: 'no reason', draft: () => ({ reason: ' ' }), field: 'reason', said: 'Please fill this in' },
  ]
  it.each(bad)('$what: is said beside its field, and sends nothing', async ({ draft, field, said }) => {
    const { reply } = await send(lk, 'deactivate', { person: 'joni sherman', ...draft() })
    expect(besideField(reply, field)).toContain(said)
    expect(inputsOf(cardOf(reply))).toMatchObject({ person: 'joni sherman', ...draft() })
    expect(await lk.requests.count({ 'subject.id': lk.joni })).toBe(0)
  })

  it('says everything that is wrong at once', async () => {
    const { reply } = await send(lk, 'deactivate', { person: '', reason: '', startTime: '18:00', mailbox: 'burn' })
    for (const field of ['person', 'reason', 'startDate', 'mailbox']) expect(besideField(reply, field)).not.toBe('')
  })
})

describe('who may ask and who may decide', () => {
  it('nobody but the helpdesk asks, in words or by a click', async () => {
    for (const as of [lk.adele, lk.megan]) {
      expect((await lk.say('deactivate joni sherman', { as })).texts[0]).toContain('Only the helpdesk')
      for (const operation of ['deactivate', 'reactivate', 'undo'] as const) {
        expect((await send(lk, operation, { person: 'joni sherman', request: 'LK-2222', as })).reply).toContain(
          'Only the helpdesk',
        )
      }
    }
    expect(await lk.requests.count({ 'subject.id': lk.joni })).toBe(0)
  })

  it('who leaves does not decide on it, also as an approver of the fallback', async () => {
    const asked = await request(lk, 'deactivate', { person: lk.lynne })
    lk.teams.block(lk.chatOf(lk.patti))
    await lk.requests.update(
      { _id: asked._id },
      { $set: { 'stages.0.approvers': [{ ...(await lk.person(lk.lynne)), via: 'role' }] } },
    )
    expect((await decide(lk, asked, { as: lk.lynne })).reply).toContain('This is about your own account')
    lk.teams.unblock(lk.chatOf(lk.patti))
    await lk.click('request.withdraw', { id: asked._id }, { as: lk.alex })
    const headless = await request(lk, 'deactivate', { person: lk.patti, successor: lk.lynne })
    expect(names(headless.stages[0]?.approvers)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    await lk.click('request.withdraw', { id: headless._id }, { as: lk.alex })
  })

  it('only the helpdesk ticks off what was done by hand, and only what waits for it', async () => {
    const asked = await request(lk, 'deactivate', { person: lk.enrico })
    await approve(lk, asked, lk.grady)
    const click = (step: string, as: string) => lk.click('step.tick', { id: asked._id, step }, { as })
    expect((await click('mailbox', lk.grady)).reply).toContain('Only the helpdesk')
    expect((await click('sign-in', lk.isaiah)).reply).toContain('nothing to tick off')
    expect(stepOf(await now(lk, asked), 'mailbox')?.ticked).toBeUndefined()
  })
})

describe('the same person twice', () => {
  it('is refused while one is open, with its id', async () => {
    const [first] = await lk.requests.find({ 'subject.id': lk.enrico })
    const { reply } = await send(lk, 'deactivate', { person: 'enrico cattaneo', as: lk.isaiah })
    expect(textOf(reply)).toContain(`${first?._id} is open already about Enrico Cattaneo`)
  })

  it('is one request when two ask in the same moment', async () => {
    await Promise.all([lk.alex, lk.isaiah].map((as) => send(lk, 'deactivate', { person: lk.christie, as })))
    expect(await lk.requests.count({ 'subject.id': lk.christie })).toBe(1)
  })

  it('is refused also while the first one is tried again', async () => {
    await lk.control('POST', 'faults', { method: 'PATCH', path: `^/users/${lk.irvin}`, status: 403, times: 1 })
    const asked = await request(lk, 'deactivate', { person: lk.irvin })
    expect((await approve(lk, asked, asked.stages[0]?.approvers[0]?.id ?? '')).status).toBe('failed')
    await lk.click('request.retry', { id: asked._id }, { as: lk.alex })
    await lk.settle()
    expect((await now(lk, asked)).status).toBe('waiting')
    const { reply } = await send(lk, 'deactivate', { person: lk.irvin })
    expect(textOf(reply)).toContain(`${asked._id} is open already`)
  })
})

describe('somebody on whom others depend', () => {
  it('as the only approver or the only owner: the plan says so', async () => {
    const approvers = await groupId('Latchkey Approvers')
    await lk.graph.groups.removeMember(approvers, lk.nestor)
    const lynne = textOf((await lk.say('deactivate lynne robbins', { as: lk.alex })).cards[0])
    expect(lynne).toContain('Is the only approver of Latchkey')
    await lk.graph.groups.addMember(approvers, lk.nestor)
    const patti = textOf((await lk.say('deactivate patti fernandez', { as: lk.alex })).cards[0])
    expect(patti).toMatch(/\d+ people report to them, and nobody is named to take over/)
    expect(patti).toContain('Is the only owner of Executives, which cannot be changed here')
    const pradeep = textOf((await lk.say('deactivate pradeep gupta', { as: lk.alex })).cards[0])
    expect(pradeep).toContain('Megan Bowen: GitHub Users')
  })

  it('whose approval is waited for: the fallback gets the card, and the old copy decides nothing', async () => {
    const waiting = await ask(lk, { manager: lk.grady })
    expect(names(waiting.stages[0]?.approvers)).toEqual(['Grady Archie'])
    const asked = await request(lk, 'deactivate', { person: lk.grady })
    expect(asked.plan.steps.find((s) => s.id === 'approvals')?.note).toBe('1 wait now')
    await approve(lk, asked, lk.patti)
    const rerouted = await now(lk, waiting)
    expect(rerouted.status).toBe('pending')
    expect(names(rerouted.stages[0]?.approvers)).toEqual(['Lynne Robbins', 'Nestor Wilke'])
    expect(actionsOf(copyOf(lk, lk.lynne, waiting._id)).map((a) => a.title)).toEqual(['Approve', 'Reject'])
    const old = copyOf(lk, lk.grady, waiting._id)
    expect(actionsOf(old).map((a) => a.title)).not.toContain('Approve')
    expect(textOf(old)).toMatch(/Grady Archie\s+has a disabled account/)
    expect((await decide(lk, waiting, { as: lk.grady })).reply).toMatch(
      /not active in the directory|There is no request/,
    )
    await decide(lk, waiting, { as: lk.lynne, verdict: 'reject' })
    await lk.settle()
    expect((await now(lk, waiting)).status).toBe('rejected')
  })
})

it('none of all this was an error of ours', () => expect(lk.errors).toEqual([]))
