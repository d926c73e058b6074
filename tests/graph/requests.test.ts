import { beforeAll, describe, expect, test } from 'vitest'
import { path, type Graph, type RemovableKind } from '../../services/graph/index.ts'
import { contractIsHere, judge, type Finding } from './support/contract.ts'
import { ok, scripted } from './support/scripted.ts'

const ID = '11111111-2222-4333-8444-555555555555'
const OTHER = '66666666-2222-4333-8444-555555555555'
const UPN = "s.o'brien@contoso.com"
const KINDS: RemovableKind[] = [
  'phone',
  'email',
  'fido2',
  'microsoftAuthenticator',
  'softwareOath',
  'windowsHelloForBusiness',
  'platformCredential',
  'temporaryAccessPass',
]

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const item of items) void item
}

/** Every method once, with what is awkward: quotes in names, options given and left out. */
async function everything(graph: Graph): Promise<void> {
  const { users, groups, authentication, deletedUsers, devices, roles } = graph
  await users.get(ID)
  await users.get(UPN)
  await users.create({
    accountEnabled: true,
    displayName: "Siobhán O'Brien",
    mailNickname: 's.obrien',
    userPrincipalName: UPN,
    passwordProfile: { password: 'Correct-horse-1', forceChangePasswordNextSignIn: true },
    usageLocation: 'IE',
    employeeHireDate: '2026-01-05T00:00:00Z',
    otherMails: ['siobhan@example.org'],
    onPremisesExtensionAttributes: { extensionAttribute15: 'latchkey' },
  })
  await users.update(ID, { accountEnabled: false, department: null, mobilePhone: null, businessPhones: [] })
  await users.update(ID, { passwordProfile: { password: 'Correct-horse-1', forceChangePasswordNextSignIn: true } })
  await users.remove(ID)
  await users.search("O'Bri\"en & 'co")
  await drain(users.list({ filter: "department eq 'R&D'", top: 10 }))
  await drain(users.list({ filter: "endsWith(userPrincipalName,'@contoso.com')", advanced: true }))
  await users.changes()
  await users.manager(ID)
  await users.setManager(ID, OTHER)
  await users.removeManager(ID)
  await users.directReports(ID)
  await users.memberOf(ID)
  await users.ownedObjects(ID)
  await users.assignLicense(ID, { add: [{ skuId: OTHER }], remove: [ID] })
  await users.revokeSessions(ID)
  await users.mailboxSettings(UPN)
  const replies = { internalReplyMessage: 'Gone', externalReplyMessage: 'Gone', externalAudience: 'all' } as const
  await users.updateMailboxSettings(ID, { automaticRepliesSetting: { status: 'alwaysEnabled', ...replies } })
  await groups.get(ID)
  await drain(groups.list({ filter: 'securityEnabled eq true' }))
  await groups.search("People's")
  await groups.findByName("People's")
  await drain(groups.members(ID))
  await groups.isMember([ID, OTHER], ID)
  await groups.addMember(ID, OTHER)
  await groups.addMembers(ID, [OTHER])
  await groups.removeMember(ID, OTHER)
  await groups.owners(ID)
  await groups.addOwner(ID, OTHER)
  await groups.removeOwner(ID, OTHER)
  await graph.skus.list()
  await graph.domains.list()
  await authentication.tapPolicy()
  await authentication.createTap(ID, { minutes: 60, once: true, startsAt: new Date(0) })
  await authentication.createTap(ID, { minutes: 60, once: false })
  await authentication.taps(ID)
  await authentication.removeTap(ID, OTHER)
  await authentication.methods(ID)
  for (const kind of KINDS) await authentication.removeMethod(ID, { id: OTHER, kind })
  await graph.mail.send('helpdesk@contoso.com', { to: 'new@contoso.com', subject: 'Welcome', text: 'Hello' })
  await roles.of(ID)
  await roles.members(OTHER)
  await deletedUsers.get(ID)
  await deletedUsers.findByUpn(UPN)
  await deletedUsers.restore(ID)
  await deletedUsers.remove(ID)
  await devices.of(ID)
  await devices.disable(ID)
  await devices.enable(ID)
  await graph.organization.get()
  await graph.batch([{ path: path`/users/${UPN}`, query: { $select: 'id' } }])
}

describe.skipIf(!contractIsHere)('what we send is what Microsoft publishes', () => {
  let findings: Finding[] = []
  let covered = new Map<string, number>()

  beforeAll(async () => {
    const one = { id: ID, displayName: 'x', userPrincipalName: UPN, startDateTime: '2026-01-01T00:00:00Z' }
    const server = await scripted([ok({ ...one, value: [one], responses: [{ id: '0', status: 200 }] })])
    await everything(server.graph)
    const empty = await scripted([ok({ value: [] })])
    await empty.graph.users.search("O'Bri\"en & 'co")
    await empty.graph.groups.search('People\\')
    await empty.close()
    const traffic = [...server.received, ...empty.received].map(({ method, url, headers, body }) => ({
      method,
      url,
      reqHeaders: headers,
      reqBody: body === '' ? undefined : (JSON.parse(body) as unknown),
      status: 200,
      resHeaders: {},
      resBody: {},
    }))
    await server.close()
    ;({ findings, covered } = await judge(traffic))
  }, 60_000)

  test('no request breaks the contract', () => {
    expect(findings).toEqual([])
  })

  test('all operations were asked', () => {
    expect(covered.size).toBeGreaterThanOrEqual(50)
  })
})
