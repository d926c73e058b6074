import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createGraph,
  GraphRefused,
  isConflict,
  sandboxToken,
  type Graph,
  type User,
} from '../../services/graph/index.ts'
import { createSandbox, type Sandbox } from '../../services/sandbox/index.ts'
import { contractIsHere, judge, type Exchange } from './support/contract.ts'

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965'
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5'
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

const traffic: Exchange[] = []
let sandbox: Sandbox
let graph: Graph

beforeAll(async () => {
  sandbox = await createSandbox({ onExchange: (exchange) => traffic.push(exchange) })
  graph = createGraph({ baseUrl: sandbox.url, token: sandboxToken(), sleep: async () => {} })
})

afterAll(() => sandbox.close())

async function person(upn: string): Promise<User> {
  const user = await graph.users.get(upn)
  if (!user) throw new Error(`The sandbox has no ${upn}.`)
  return user
}

async function group(name: string) {
  const [found] = await graph.groups.findByName(name)
  if (!found) throw new Error(`The sandbox has no group ${name}.`)
  return found
}

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

function newcomer(name: string) {
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name.toLowerCase(),
    userPrincipalName: `${name.toLowerCase()}@contoso.com`,
    passwordProfile: { password: 'Correct-horse-1', forceChangePasswordNextSignIn: true },
    usageLocation: 'DE',
    department: 'Engineering',
    employeeHireDate: '2026-01-05T00:00:00Z',
  }
}

const control = (path: string, body: unknown) =>
  fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('people', () => {
  test('a user is read with everything a plan compares', async () => {
    const adele = await person('adelev@contoso.com')
    expect(adele).toMatchObject({ displayName: 'Adele Vance', accountEnabled: true, department: 'Engineering' })
    expect(await graph.users.get(adele.id)).toEqual(adele)
  })

  test('nobody is undefined, not an error', async () => {
    expect(await graph.users.get('nobody@contoso.com')).toBeUndefined()
  })

  test('a name with an apostrophe is found by any part of it', async () => {
    const upn = "s.o'brien@contoso.com"
    expect((await person(upn)).displayName).toBe("Siobhán O'Brien")
    for (const text of ["O'Brien", 'Siobhán', upn]) {
      const people = await graph.users.search(text)
      expect(people.map(({ userPrincipalName }) => userPrincipalName)).toContain(upn)
    }
  })

  test('people of the same name are all found, in order', async () => {
    const greens = await graph.users.search('Chris Green')
    expect(greens).toHaveLength(2)
    expect(await graph.users.search('zzz nobody')).toEqual([])
  })

  test('everybody is listed, page by page', async () => {
    const ids = new Set((await gather(graph.users.list({ top: 7 }))).map(({ id }) => id))
    expect(ids.size).toBe((await gather(graph.users.list())).length)
    expect(ids.size).toBeGreaterThan(50)
  })

  test('a list can ask what only the index knows', async () => {
    const filter = "endsWith(userPrincipalName,'@contoso.com')"
    const people = await gather(graph.users.list({ filter, advanced: true, top: 20 }))
    expect(people.length).toBeGreaterThan(20)
    expect(people.every(({ userPrincipalName }) => userPrincipalName.endsWith('@contoso.com'))).toBe(true)
  })

  test('managers and reports know each other', async () => {
    const [megan, adele] = [await person('meganb@contoso.com'), await person('adelev@contoso.com')]
    expect((await graph.users.manager(adele.id))?.id).toBe(megan.id)
    expect((await graph.users.directReports(megan.id)).map(({ id }) => id)).toContain(adele.id)
  })

  test('an account is made, changed, given a manager, and put in the bin and back', async () => {
    const made = await graph.users.create(newcomer('Newt'))
    const megan = await person('meganb@contoso.com')
    await graph.users.update(made.id, { jobTitle: 'Engineer', mobilePhone: '+49 30 1' })
    await graph.users.setManager(made.id, megan.id)
    expect(await graph.users.get(made.id)).toMatchObject({ jobTitle: 'Engineer', usageLocation: 'DE' })
    expect((await graph.users.manager(made.id))?.id).toBe(megan.id)
    await graph.users.removeManager(made.id)
    await graph.users.removeManager(made.id)
    expect(await graph.users.manager(made.id)).toBeUndefined()

    await graph.users.remove(made.id)
    expect(await graph.users.get(made.id)).toBeUndefined()
    expect((await graph.deletedUsers.get(made.id))?.userPrincipalName).toBe('newt@contoso.com')
    expect((await graph.deletedUsers.findByUpn('Newt@contoso.com')).map(({ id }) => id)).toEqual([made.id])
    await graph.deletedUsers.restore(made.id)
    expect((await person('newt@contoso.com')).id).toBe(made.id)
    await graph.users.remove(made.id)
    await graph.deletedUsers.remove(made.id)
    expect(await graph.deletedUsers.get(made.id)).toBeUndefined()
  })

  test('a taken user name is a conflict', async () => {
    const taken = { ...newcomer('Taken'), userPrincipalName: 'adelev@contoso.com' }
    const error = await graph.users.create(taken).catch((thrown: unknown) => thrown)
    expect(isConflict(error, 'userPrincipalName')).toBe(true)
  })

  test('a creation whose answer was lost says that it may have happened', async () => {
    await control('faults', { method: 'POST', path: '^/users$', drop: 'after' })
    const creating = graph.users.create(newcomer('Lost'))
    await expect(creating).rejects.toMatchObject({ name: 'GraphUnreachable', mayHaveHappened: true })
    expect(await graph.users.get('lost@contoso.com')).toBeDefined()
  })

  test('changes since last time name who changed and who was deleted', async () => {
    let page = await graph.users.changes()
    const seen = new Set(page.changed.map(({ id }) => id))
    for (let pages = 1; !page.complete && pages < 50; pages++) {
      page = await graph.users.changes(page.next)
      for (const { id } of page.changed) seen.add(id)
    }
    expect(seen.size).toBeGreaterThan(50)
    const made = await graph.users.create(newcomer('Delta'))
    const later = await graph.users.changes(page.next)
    expect(later.changed.map(({ id }) => id)).toEqual([made.id])
    await graph.users.remove(made.id)
    const last = await graph.users.changes(later.next)
    expect(last.removed).toEqual([{ id: made.id, restorable: true }])
  })
})

describe('groups', () => {
  test('members come and go, twice without harm', async () => {
    const [github, adele] = [await group('GitHub Users'), await person('adelev@contoso.com')]
    const memberships = async () => (await graph.users.memberOf(adele.id)).map(({ id }) => id)
    await graph.groups.removeMember(github.id, adele.id)
    await graph.groups.removeMember(github.id, adele.id)
    expect(await memberships()).not.toContain(github.id)
    await graph.groups.addMember(github.id, adele.id)
    await graph.groups.addMember(github.id, adele.id)
    expect(await memberships()).toContain(github.id)
    expect((await gather(graph.groups.members(github.id))).map(({ id }) => id)).toContain(adele.id)
  })

  test('whoever is in a group of a group is asked about as a member, but not listed as one', async () => {
    const [vpn, johanna] = [await group('VPN Users'), await person('johannal@contoso.com')]
    await graph.groups.removeMember(vpn.id, johanna.id)
    expect(await graph.groups.isMember([vpn.id], johanna.id)).toEqual([vpn.id])
    expect((await gather(graph.groups.members(vpn.id))).map(({ id }) => id)).not.toContain(johanna.id)
  })

  test('several are added in one write', async () => {
    const laptops = await group('Engineering Laptops')
    const before = new Set((await gather(graph.groups.members(laptops.id))).map(({ id }) => id))
    const people = (await gather(graph.users.list())).filter(({ id }) => !before.has(id)).slice(0, 5)
    await graph.groups.addMembers(
      laptops.id,
      people.map(({ id }) => id),
    )
    expect(await gather(graph.groups.members(laptops.id))).toHaveLength(before.size + 5)
  })

  test('a group that does not take members refuses them', async () => {
    const [news, isaiah] = [await group('News'), await person('isaiahl@contoso.com')]
    await expect(graph.groups.addMember(news.id, isaiah.id)).rejects.toBeInstanceOf(GraphRefused)
  })

  test('ownership is passed on', async () => {
    const [club, adele] = [await group('Robotics Club'), await person('adelev@contoso.com')]
    const alex = await person('alexw@contoso.com')
    await graph.groups.addOwner(club.id, alex.id)
    await graph.groups.addOwner(club.id, alex.id)
    await graph.groups.removeOwner(club.id, adele.id)
    expect((await graph.groups.owners(club.id)).map(({ id }) => id)).toEqual([alex.id])
    expect((await graph.users.ownedObjects(alex.id)).map(({ id }) => id)).toContain(club.id)
  })

  test('are found by a word of their name', async () => {
    expect((await graph.groups.search('VPN')).map(({ displayName }) => displayName)).toEqual(['VPN Users'])
    expect((await graph.groups.search('Laptops')).map(({ displayName }) => displayName)).toContain(
      'Engineering Laptops',
    )
    expect((await gather(graph.groups.list())).length).toBeGreaterThan(10)
  })
})

describe('licences', () => {
  test('have the names people know, and count their seats', async () => {
    const skus = await graph.skus.list()
    expect(skus.find(({ skuId }) => skuId === E3)).toMatchObject({ name: 'Microsoft 365 E3', suspended: false })
    expect(skus.find(({ skuPartNumber }) => skuPartNumber === 'SPE_E5')?.seatsLeft).toBe(0)
    expect(skus.find(({ skuPartNumber }) => skuPartNumber === 'SPB')?.suspended).toBe(true)
  })

  test('are given and taken', async () => {
    const alex = await person('alexw@contoso.com')
    const visio = async () => (await graph.skus.list()).find(({ skuId }) => skuId === VISIO)?.consumed ?? 0
    const before = await visio()
    await graph.users.assignLicense(alex.id, { add: [{ skuId: VISIO }], remove: [] })
    expect((await person(alex.id)).assignedLicenses?.map(({ skuId }) => skuId)).toContain(VISIO)
    expect(await visio()).toBe(before + 1)
    await graph.users.assignLicense(alex.id, { add: [], remove: [VISIO] })
    expect(await visio()).toBe(before)
  })
})

describe('the tenant', () => {
  test('names itself and its domains', async () => {
    expect((await graph.organization.get()).displayName).toMatch('Contoso')
    await graph.ping()
    const domains = await graph.domains.list()
    expect(domains.find(({ isDefault }) => isDefault)?.id).toBe('contoso.com')
    expect(domains.find(({ id }) => id === 'fabrikam.com')?.authenticationType).toBe('Federated')
  })

  test('tells who is an administrator', async () => {
    const admin = await person('admin@contoso.onmicrosoft.com')
    const roles = await graph.roles.of(admin.id)
    expect(roles.map(({ roleTemplateId }) => roleTemplateId)).toContain(GLOBAL_ADMINISTRATOR)
    expect((await graph.roles.members(GLOBAL_ADMINISTRATOR)).map(({ id }) => id)).toContain(admin.id)
    expect(await graph.roles.of((await person('adelev@contoso.com')).id)).toEqual([])
    expect(await graph.roles.members('00000000-0000-4000-8000-000000000000')).toEqual([])
  })
})

describe('ways in', () => {
  test('a Temporary Access Pass lets its owner in, once made', async () => {
    const adele = await person('adelev@contoso.com')
    const policy = await graph.authentication.tapPolicy()
    expect(policy).toEqual({ enabled: true, minMinutes: 60, maxMinutes: 480, defaultMinutes: 60, oneTimeOnly: false })
    const tap = await graph.authentication.createTap(adele.id, { minutes: 120, once: true })
    expect(tap).toMatchObject({ minutes: 120 })
    const signedIn = await control('sign-in', {
      userPrincipalName: adele.userPrincipalName,
      temporaryAccessPass: tap.pass,
    })
    expect(await signedIn.json()).toMatchObject({ ok: true })
    expect((await graph.authentication.taps(adele.id)).map(({ id }) => id)).toEqual([tap.id])
    await graph.authentication.removeTap(adele.id, tap.id)
    await graph.authentication.removeTap(adele.id, tap.id)
    expect(await graph.authentication.taps(adele.id)).toEqual([])
  })

  test('methods are listed by kind and taken off', async () => {
    const adele = await person('adelev@contoso.com')
    const methods = await graph.authentication.methods(adele.id)
    const kinds = methods.map(({ kind }) => kind)
    expect(kinds).toContain('password')
    expect(kinds).toContain('phone')
    const phone = methods.find(({ kind }) => kind === 'phone')
    await graph.authentication.removeMethod(adele.id, { id: phone?.id ?? '', kind: 'phone' })
    expect((await graph.authentication.methods(adele.id)).map(({ kind }) => kind)).not.toContain('phone')
  })

  test('sessions are ended', async () => {
    await graph.users.revokeSessions((await person('adelev@contoso.com')).id)
  })

  test('devices are disabled and enabled', async () => {
    const adele = await person('adelev@contoso.com')
    const [device] = await graph.devices.of(adele.id)
    if (!device) throw new Error('Adele should have a device.')
    await graph.devices.disable(device.id)
    expect((await graph.devices.of(adele.id))[0]?.accountEnabled).toBe(false)
    await graph.devices.enable(device.id)
    expect((await graph.devices.of(adele.id))[0]?.accountEnabled).toBe(true)
  })
})

describe('mail', () => {
  test('is sent from the mailbox that policy names', async () => {
    await graph.mail.send('alexw@contoso.com', { to: 'new@example.org', subject: 'Welcome', text: 'Hello' })
    const sent: unknown = await (await fetch(`${sandbox.url}/_sandbox/mail`)).json()
    expect(JSON.stringify(sent)).toContain('new@example.org')
  })

  test('of somebody who has left is answered automatically', async () => {
    const adele = await person('adelev@contoso.com')
    const reply = { status: 'alwaysEnabled', internalReplyMessage: 'Gone.' } as const
    await graph.users.updateMailboxSettings(adele.id, { automaticRepliesSetting: reply })
    expect((await graph.users.mailboxSettings(adele.id))?.automaticRepliesSetting).toMatchObject(reply)
  })
})

test.skipIf(!contractIsHere)(
  'all of that was Graph as Microsoft publishes it, on our side',
  { timeout: 60_000 },
  async () => {
    const { findings } = await judge(traffic)
    expect(findings.filter(({ level }) => level !== 'refused')).toEqual([])
  },
)
