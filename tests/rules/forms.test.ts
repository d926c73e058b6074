import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { elementsOf, inputsOf, textOf } from '../support/cards.ts'
import { type Harness, startHarness } from '../support/harness.ts'
import { aForm, ask, besideField, cardOf, decide, inGraph, now, submit } from './support.ts'

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
  for (const who of [lk.megan, lk.lynne, lk.nestor]) await lk.install(who)
})
afterAll(() => lk.stop())

const HOUR = 3_600_000
const DAY = 24 * HOUR
const day = (ms: number): string => new Date(lk.clock.now().getTime() + ms).toISOString().slice(0, 10)
const groupId = async (name: string): Promise<string> => (await lk.graph.groups.findByName(name))[0]?.id ?? ''

/** What a client would not send back: a list keeps only its own options, a date input only dates. */
const forgotten = (card: unknown): unknown[] =>
  elementsOf(card).filter(({ type, value, choices }) => {
    if (type === 'Input.Date') return !/^(\d{4}-\d\d-\d\d)?$/.test(String(value))
    if (type !== 'Input.ChoiceSet') return false
    const offered = (choices as { value: string }[]).map((c) => c.value)
    return String(value)
      .split(',')
      .some((one) => one !== '' && !offered.includes(one))
  })

/** Sends a form with these values, and gives what is said beside the field, having made sure that nothing typed is lost. */
async function complaint(field: string, values: Record<string, string>): Promise<string> {
  const draft = aForm(lk, values)
  const before = await lk.requests.count({})
  const card = cardOf(await submit(lk, draft))
  const { form: _form, ...typed } = draft
  expect(inputsOf(card)).toMatchObject(typed)
  expect(forgotten(card)).toEqual([])
  expect(await lk.requests.count({})).toBe(before)
  expect(textOf(card)).toContain('nothing has been sent')
  return besideField(card, field)
}

describe('what is wrong with a form is said beside its field, and nothing typed is lost', () => {
  it.each([
    ['a missing first name', 'firstName', { firstName: '  ' }, 'fill this in'],
    ['a missing last name', 'lastName', { lastName: '' }, 'fill this in'],
    ['a missing reason', 'reason', { reason: '' }, 'fill this in'],
    ['a first name longer than Microsoft takes', 'firstName', { firstName: 'x'.repeat(65) }, 'At most 64'],
    ['a job title longer than Microsoft takes', 'jobTitle', { jobTitle: 'x'.repeat(129) }, 'At most 128'],
    ['a user name longer than Microsoft takes', 'userName', { userName: 'x'.repeat(65) }, 'at most 64'],
    [
      'a user name with characters that no address may have',
      'userName',
      { userName: 'ada lovelace' },
      'Letters, digits',
    ],
    ['a user name of marks alone', 'userName', { userName: "~'" }, 'Letters, digits'],
    ['a user name with two at signs', 'userName', { userName: 'ada@contoso.com@evil.example' }, 'Letters, digits'],
    ['a federated domain', 'domain', { domain: 'fabrikam.com' }, 'fabrikam.com is not a verified domain'],
    ['an unverified domain', 'domain', { domain: 'newbrand.example' }, 'newbrand.example is not a verified domain'],
    ['a domain of somebody else', 'domain', { domain: 'evil.example' }, 'evil.example is not a verified domain'],
    [
      'a domain typed behind the user name',
      'domain',
      { userName: 'ada@fabrikam.com' },
      'fabrikam.com is not a verified',
    ],
    ['a manager nobody knows', 'manager', { manager: 'Nobody Here' }, 'Nobody called "Nobody Here"'],
    ['a manager who has left', 'manager', { manager: 'Dana Moran' }, "Dana Moran's account is disabled"],
    ['a guest as manager', 'manager', { manager: 'Provisioning Partner' }, 'Nobody called'],
    ['a date that is none', 'startDate', { startDate: '2027-02-31' }, 'not a date'],
    ['words where a date belongs', 'startDate', { startDate: 'soonish' }, 'not a date'],
    ['a country that is none', 'usageLocation', { usageLocation: 'Britain' }, '"Britain" is not a country'],
    ['two letters that no country has', 'usageLocation', { usageLocation: 'XX' }, '"XX" is not a country'],
    ['a template nobody made', 'template', { template: 'astronaut' }, 'no such template'],
    ['a group that is not there', 'groups', { groups: 'No Such Group' }, 'not in the directory'],
    ['a licence that is not sold', 'licences', { licences: 'SPE_E99' }, 'not one that can be given'],
    ['a licence whose subscription is suspended', 'licences', { licences: 'SPB' }, 'not one that can be given'],
    ['a licence of which no seat is left', 'licences', { licences: 'SPE_E5' }, 'No seat of Microsoft 365 E5 is left'],
    [
      'a licence without a country',
      'usageLocation',
      { licences: 'POWER_BI_STANDARD', usageLocation: '' },
      'needs a country',
    ],
    ['an activation mail to nowhere', 'alternateMail', { handOver: 'activation-mail' }, 'needs a private mail address'],
    ['an address that is none', 'alternateMail', { alternateMail: 'ada@home' }, 'not a mail address'],
    ['two addresses in one', 'alternateMail', { alternateMail: 'a@b.example,c@d.example' }, 'not a mail address'],
    ['a way of handing over that nobody offered', 'handOver', { handOver: 'carrier-pigeon' }, 'not offered'],
  ])('%s', async (...[, field, values, sentence]) => {
    expect(await complaint(field, values as unknown as Record<string, string>)).toContain(sentence)
  })

  it('a day that is over, and one too far ahead', async () => {
    expect(await complaint('startDate', { startDate: day(-2 * DAY) })).toContain('This day is over')
    expect(await complaint('startDate', { startDate: day(400 * DAY) })).toContain('At most 180 days')
  })

  it.each([
    ['Latchkey Admins', 'decides who may use Latchkey'],
    ['Latchkey Helpdesk', 'decides who may use Latchkey'],
    ['All Sales (dynamic)', 'is dynamic, mail-enabled'],
    ['News', 'is dynamic, mail-enabled'],
    ['Executives', 'is dynamic, mail-enabled'],
    ['HQ Badge Holders', 'is dynamic, mail-enabled'],
    ['Tier 0 Operators', 'is dynamic, mail-enabled'],
  ])('the group %s is not given by a request', async (name, sentence) => {
    expect(await complaint('groups', { groups: await groupId(name) })).toContain(sentence)
  })

  it('a licence of which no seat is left also where a group would give it', async () => {
    const id = await groupId('License - Microsoft 365 E3')
    const sku = (await lk.graph.skus.list()).find((s) => s.skuPartNumber === 'SPE_E5')
    await inGraph(lk, ['POST', `/groups/${id}/assignLicense`], {
      addLicenses: [{ skuId: sku?.skuId, disabledPlans: [] }],
      removeLicenses: [],
    })
    expect(await complaint('groups', { groups: id })).toContain('No seat of Microsoft 365 E5 is left')
    await inGraph(lk, ['POST', `/groups/${id}/assignLicense`], { addLicenses: [], removeLicenses: [sku?.skuId] })
  })

  it('a group that gives a licence needs a country as well', async () => {
    const groups = await groupId('License - Microsoft 365 E3')
    expect(await complaint('usageLocation', { groups, usageLocation: '' })).toContain('needs a country')
  })

  it('a country that was emptied stays empty beside the complaint, and is not what policy proposes', async () => {
    const { usageLocation: _emptied, ...draft } = aForm(lk, { licences: 'POWER_BI_STANDARD' })
    const card = cardOf(await submit(lk, draft))
    expect(besideField(card, 'usageLocation')).toContain('needs a country')
    expect(inputsOf(card)['usageLocation']).toBe('')
  })

  it('everything at once, and not one thing after the other', async () => {
    const card = cardOf(
      await submit(lk, aForm(lk, { lastName: '', manager: 'Nobody Here', startDate: 'never', reason: '' })),
    )
    for (const field of ['lastName', 'manager', 'startDate', 'reason']) expect(besideField(card, field)).not.toBe('')
    expect(textOf(card)).toContain('4 things need another look')
  })

  it('a Temporary Access Pass where the tenant has switched them off', async () => {
    await lk.control('PATCH', 'settings', { tapEnabled: false })
    expect(await complaint('handOver', {})).toContain('switched off in this tenant')
    await lk.control('PATCH', 'settings', { tapEnabled: true })
  })
})

describe('the user name', () => {
  it('comes by itself, so nothing is said about it where only the names are missing', async () => {
    const card = cardOf(await submit(lk, aForm(lk, { firstName: '', lastName: '', userName: '' })))
    expect(besideField(card, 'userName')).toBe('')
    expect(textOf(card)).toContain('2 things need another look')
  })

  it('that is taken comes back with the first free one behind it', async () => {
    expect(await complaint('userName', { userName: 'adelev' })).toBe('adelev@contoso.com is taken. adelev2 is free.')
    expect(await complaint('userName', { userName: 'AdeleV' })).toContain('adelev2 is free')
  })

  it.each([
    ['a group has as its address', 'salesteam', 'salesteam2'],
    ['somebody has in another domain', 'adelev@contoso.onmicrosoft.com', 'adelev2'],
  ])('that %s is taken as well: Graph would refuse the account', async (_what, userName, free) => {
    expect(await complaint('userName', { userName })).toContain(`is taken. ${free} is free.`)
    const request = await ask(lk, { userName: `${free}@${userName.split('@')[1] ?? 'contoso.com'}` })
    await decide(lk, request, { as: lk.megan })
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
  })

  it('is made of the name where none was typed, without accents and marks', async () => {
    const request = await ask(lk, { firstName: 'Siobhán', lastName: "O'Brien", userName: '' })
    expect(request.subject.userPrincipalName).toBe('siobhan.obrien@contoso.com')
  })

  it('must be typed where none can be made of the name', async () => {
    expect(await complaint('userName', { firstName: '…', lastName: '—', userName: '' })).toContain(
      'Please type a user name',
    )
  })

  it('is taken by an open request as well, in capitals or not', async () => {
    await ask(lk, { userName: 'grace.hopper' })
    expect(await complaint('userName', { userName: 'grace.hopper' })).toContain('grace.hopper2 is free')
    expect(await complaint('userName', { userName: 'Grace.Hopper' })).toContain('is taken')
    const namesake = await ask(lk, { firstName: 'Grace', lastName: 'Hopper', userName: '' })
    expect(namesake.subject.userPrincipalName).toBe('grace.hopper2@contoso.com')
  })

  it('goes to one of two who ask for it in the same moment', async () => {
    const both = await Promise.all([
      submit(lk, aForm(lk, { userName: 'same.name' })),
      submit(lk, aForm(lk, { userName: 'same.name' }), lk.isaiah),
    ])
    expect(await lk.requests.count({ 'subject.userPrincipalName': 'same.name@contoso.com' })).toBe(1)
    const refused = both.map(cardOf).find((card) => besideField(card, 'userName') !== '')
    expect(besideField(refused, 'userName')).toContain('same.name2 is free')
  })

  it('is free again when the request that wanted it is withdrawn', async () => {
    const first = await ask(lk, { userName: 'second.thoughts' })
    await lk.click('request.withdraw', { id: first._id }, { as: lk.alex })
    const second = await ask(lk, { userName: 'second.thoughts' })
    expect(second.subject.userPrincipalName).toBe('second.thoughts@contoso.com')
  })
})

describe('the manager', () => {
  it('whose name fits two people is chosen from a list of them, and the choice works', async () => {
    const draft = aForm(lk, { manager: 'Chris Green' })
    const card = cardOf(await submit(lk, draft))
    expect(besideField(card, 'manager')).toContain('Several people fit "Chris Green"')
    const text = JSON.stringify(card)
    expect(text).toContain('Chris Green (chrisg@contoso.com)')
    expect(text).toContain('Chris Green (cgreen@contoso.com)')
    await submit(lk, { ...draft, manager: lk.ids.users.chrisFinance })
    const [request] = await lk.requests.find({ form: `${lk.alex}:${draft['form']}` })
    expect(request?.input['manager']).toMatchObject({ userPrincipalName: 'cgreen@contoso.com' })
  })

  it.each(['megan', 'Megan Bowen', 'meganb', 'meganb@contoso.com', 'MEGANB@CONTOSO.COM'])(
    'may be written "%s"',
    async (manager) => {
      expect((await ask(lk, { manager })).input['manager']).toMatchObject({ name: 'Megan Bowen' })
    },
  )

  it('may be left out: then somebody else is asked, and the card says so', async () => {
    const request = await ask(lk, { manager: '' })
    expect(request.stages[0]?.passedOver).toEqual([{ name: 'Manager', why: 'no_manager' }])
    expect(request.stages[0]?.approvers.map((a) => a.name).sort()).toEqual(['Lynne Robbins', 'Nestor Wilke'])
  })
})

describe('the command that opens the form', () => {
  const opened = async (text: string, zone?: string, more: object = {}) => {
    const activity = { ...lk.activityFrom(lk.alex), type: 'message', text, ...more }
    const at = zone ? { localTimezone: zone, entities: [] } : {}
    await lk.post({ ...activity, ...at })
    return lk.cardOf(lk.alex).card
  }

  it('alone opens it empty', async () => {
    const card = await opened('provision')
    expect(inputsOf(card)).toMatchObject({
      firstName: '',
      lastName: '',
      userName: '',
      reason: '',
      domain: 'contoso.com',
    })
    expect(textOf(card)).not.toContain('another look')
  })

  it('takes what is typed behind it, in quotes where there are spaces', async () => {
    const card = await opened(
      'provision Ada King Lovelace dept="Quality Control" title=“Lead Analyst” manager="Megan Bowen" why="New role"',
    )
    expect(inputsOf(card)).toMatchObject({
      firstName: 'Ada King',
      lastName: 'Lovelace',
      department: 'Quality Control',
      jobTitle: 'Lead Analyst',
      manager: 'Megan Bowen',
      reason: 'New role',
    })
  })

  it.each([
    'provision Ada Lovelace dept=Human Resources manager=Megan Bowen start=1 dec',
    'provision  Ada  Lovelace  dept = "Human Resources"  manager =  Megan Bowen  start= "1 dec"',
    'PROVISION Ada Lovelace Dept=„Human Resources“ MANAGER=Megan Bowen start=december 1st',
  ])('keeps a value out of the name, however it is spaced: %s', async (text) => {
    expect(inputsOf(await opened(text))).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      userName: expect.stringMatching(/^ada\.lovelace\d*$/) as unknown,
      department: 'Human Resources',
      manager: 'Megan Bowen',
      startDate: expect.stringMatching(/-12-01$/) as unknown,
    })
  })

  it('takes a value with an equal sign whole, and one that is missing for none', async () => {
    const card = await opened('provision Ada Lovelace dept= title= why=see https://desk.example/?ticket=7 or ref=8')
    expect(inputsOf(card)).toMatchObject({
      department: '',
      jobTitle: '',
      reason: 'see https://desk.example/?ticket=7 or',
    })
    expect(textOf(card)).toContain('"ref=" is not known here')
    expect(inputsOf(await opened('provision Ada Lovelace why=ticket=7'))['reason']).toBe('ticket=7')
  })

  it('takes the name behind the values as well', async () => {
    const card = await opened('provision dept=Sales manager=megan Ada Lovelace')
    expect(inputsOf(card)).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', department: 'Sales' })
  })

  it('reads what Teams marks up as it was typed, and a mention as the name of who is meant', async () => {
    const megan = { type: 'mention', text: '<at>Megan Bowen</at>', mentioned: { id: '29:megan', name: 'Megan Bowen' } }
    const text = '<p>provision&nbsp;Ada Lovelace dept="R&amp;D &lt;east&gt;" manager=<at>Megan Bowen</at></p>'
    const card = await opened(text, undefined, { entities: [megan] })
    expect(inputsOf(card)).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      department: 'R&D <east>',
      manager: 'Megan Bowen',
    })
  })

  it('reads 1/2 as the speaker would: in February, or for an American in January', async () => {
    const start = async (locale: string) =>
      inputsOf(await opened('provision Ada Lovelace start=1/2/2099', undefined, { locale }))['startDate']
    expect(await start('en-GB')).toBe('2099-02-01')
    expect(await start('de-DE')).toBe('2099-02-01')
    expect(await start('en-US')).toBe('2099-01-02')
  })

  it('understands a country by name, and has every country to choose from', async () => {
    expect(inputsOf(await opened('provision Ada Lovelace country=Germany'))['usageLocation']).toBe('DE')
    const card = await opened('provision Ada Lovelace country=af')
    expect(inputsOf(card)['usageLocation']).toBe('AF')
    expect(textOf(card)).not.toContain('another look')
    expect(forgotten(card)).toEqual([])
  })

  it('names what it does not know, and keeps the rest', async () => {
    const card = await opened('provision Ada Lovelace shoesize=38 dept=Sales constructor=x')
    expect(textOf(card)).toContain('"shoesize=" is not known here')
    expect(textOf(card)).toContain('"constructor=" is not known here')
    expect(inputsOf(card)).toMatchObject({ firstName: 'Ada', department: 'Sales' })
  })

  it('judges what was typed, and not what is still to come', async () => {
    const card = await opened('provision Ada Lovelace manager=Nobody')
    expect(besideField(card, 'manager')).toContain('Nobody called "Nobody"')
    expect(besideField(card, 'reason')).toBe('')
  })

  it('understands groups and licences by name', async () => {
    const card = await opened(
      'provision Ada Lovelace groups="VPN Users" licences="Microsoft 365 E3" template=Contractor',
    )
    expect(inputsOf(card)).toMatchObject({
      groups: await groupId('VPN Users'),
      licences: lk.ids.skus.e3,
      template: 'contractor',
    })
  })

  it.each([
    ['GB', 'GB'],
    ['uk', 'GB'],
    ['germany', 'DE'],
    ['Atlantis', 'Atlantis'],
  ])('understands a country written as "%s"', async (typed, country) => {
    expect(inputsOf(await opened(`provision Ada Lovelace country=${typed}`))['usageLocation']).toBe(country)
  })

  it('reads "tomorrow" where the speaker is: half past eleven at night in London, next noon in Auckland', async () => {
    const now = lk.clock.now().getTime()
    const late = new Date(now - (now % DAY) + 2 * DAY + 23.5 * HOUR)
    lk.passTime(late.getTime() - now)
    const london = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(late.getTime() + DAY)
    const auckland = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Auckland' }).format(late.getTime() + DAY)
    expect(inputsOf(await opened('provision Ada Lovelace start=tomorrow', 'Europe/London'))['startDate']).toBe(london)
    expect(inputsOf(await opened('provision Ada Lovelace start=tomorrow', 'Pacific/Auckland'))['startDate']).toBe(
      auckland,
    )
    expect(london).not.toBe(auckland)
  })

  it('keeps a day it does not understand as it was typed, and says so', async () => {
    const card = await opened('provision Ada Lovelace start="when pigs fly"')
    expect(inputsOf(card)['startDate']).toBe('when pigs fly')
    expect(besideField(card, 'startDate')).toContain('not a date')
  })

  it('is for the helpdesk', async () => {
    expect((await lk.say('provision Ada Lovelace', { as: lk.adele })).texts[0]).toContain('Only the helpdesk')
    expect((await submit(lk, aForm(lk), lk.adele)).reply).toContain('Only the helpdesk')
    expect((await lk.click('provision.check', aForm(lk), { as: lk.adele })).reply).toContain('Only the helpdesk')
  })
})

describe('before it is sent', () => {
  it('"Check" shows the plan and sends nothing', async () => {
    const before = await lk.requests.count({})
    const draft = aForm(lk, { template: 'engineer', userName: '' })
    const card = cardOf(await lk.click('provision.check', draft, { as: lk.alex }))
    expect(textOf(card)).toContain('All Engineering')
    expect(textOf(card)).toContain('Temporary Access Pass, shown once to Megan Bowen')
    expect(inputsOf(card)['userName']).toBe(`test.${draft['lastName']?.toLowerCase()}`)
    expect(await lk.requests.count({})).toBe(before)
  })

  it('"Cancel" ends it', async () => {
    expect(textOf((await lk.click('form.cancel', {}, { as: lk.alex })).reply)).toContain('Nothing was sent')
  })

  it('a form sent twice, or at the same moment twice, is one request', async () => {
    const draft = aForm(lk)
    const answers = await Promise.all([submit(lk, draft), submit(lk, draft), submit(lk, draft)])
    answers.push(await submit(lk, draft))
    expect(await lk.requests.count({ form: `${lk.alex}:${draft['form']}` })).toBe(1)
    const ids = answers.map((a) => /LK-\w+/.exec(textOf(a.reply))?.[0])
    expect(new Set(ids).size).toBe(1)
  })

  it('a form that is none of ours is refused in a sentence', async () => {
    for (const data of [
      {},
      { form: 7 },
      { ...aForm(lk), firstName: { a: 1 } },
      { ...aForm(lk), reason: 'x'.repeat(6000) },
    ]) {
      expect((await lk.click('provision.submit', data, { as: lk.alex })).reply).toContain('could not be read')
    }
    expect(lk.errors).toEqual([])
  })
})

describe('where the policy names no mailbox', () => {
  it('an activation mail is refused on the form', async () => {
    const bare = await startHarness({ policy: (policy) => void delete policy.handOver.mailFrom })
    const draft = aForm(bare, { handOver: 'activation-mail', alternateMail: 'ada@home.example' })
    expect(besideField(cardOf(await submit(bare, draft)), 'handOver')).toContain('No mailbox to send from')
    await bare.stop()
  })
})
