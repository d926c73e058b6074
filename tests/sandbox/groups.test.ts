import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOf, names, newUser, startTenant, type TestTenant } from './support/tenant.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant()
})
beforeEach(() => tenant.control('POST', '/reset'))
afterAll(() => tenant.close())

const addTo = (group: string, user: string) => tenant.send('POST', `/groups/${group}/members/$ref`, tenant.ref(user))
const members = async (group: string) =>
  names(await tenant.get(`/groups/${group}/members?$select=id,displayName&$top=999`))

describe('membership', () => {
  test('adding somebody twice is a 400, removing a stranger a 404', async () => {
    const { vpn } = tenant.ids.groups
    expect((await addTo(vpn, tenant.ids.users.joni)).status).toBe(204)
    expect((await addTo(vpn, tenant.ids.users.joni)).status).toBe(400)
    expect((await tenant.send('DELETE', `/groups/${vpn}/members/${tenant.ids.users.lee}/$ref`)).status).toBe(404)
    expect((await addTo(vpn, '00000000-0000-4000-8000-000000000000')).code).toBe('Request_ResourceNotFound')
  })

  test('twenty references in one change are all or nothing', async () => {
    const { vpn } = tenant.ids.groups
    const bind = (...users: string[]) => ({ 'members@odata.bind': users.map((id) => tenant.ref(id)['@odata.id']) })
    const { joni, lee, adele } = tenant.ids.users
    expect((await tenant.send('PATCH', `/groups/${vpn}`, bind(joni, adele))).status).toBe(400)
    expect(await members(vpn)).not.toContain('Joni Sherman')
    expect((await tenant.send('PATCH', `/groups/${vpn}`, bind(joni, lee))).status).toBe(204)
    expect(await members(vpn)).toEqual(expect.arrayContaining(['Joni Sherman', 'Lee Gu']))
    expect((await tenant.send('PATCH', `/groups/${vpn}`, bind(...Array<string>(21).fill(joni)))).status).toBe(400)
  })

  test.each([
    ['distribution lists', 'news', 400],
    ['mail-enabled security groups', 'executives', 400],
    ['groups mastered on-premises', 'badges', 400],
    ['dynamic groups', 'dynamicSales', 400],
    ['role-assignable groups', 'tier0', 403],
  ] as const)('%s refuse members', async (_case, key, status) => {
    expect((await addTo(tenant.ids.groups[key], tenant.ids.users.joni)).status).toBe(status)
  })

  test('the last owner of a Microsoft 365 group stays', async () => {
    const { robotics, sales } = tenant.ids.groups
    const { adele, bianca } = tenant.ids.users
    expect((await tenant.send('DELETE', `/groups/${robotics}/owners/${adele}/$ref`)).status).toBe(400)
    expect((await tenant.send('DELETE', `/groups/${sales}/owners/${bianca}/$ref`)).status).toBe(204)
  })

  test('a dynamic group follows its rule as people move', async () => {
    const { dynamicSales } = tenant.ids.groups
    expect(await members(dynamicSales)).not.toContain('Joni Sherman')
    await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { department: 'Sales' })
    expect(await members(dynamicSales)).toContain('Joni Sherman')
    await tenant.send('POST', '/users', newUser('rookie', { department: 'Sales' }))
    expect(await members(dynamicSales)).toContain('New rookie')
    await tenant.send('PATCH', `/users/${tenant.ids.users.joni}`, { department: 'Legal' })
    expect(await members(dynamicSales)).not.toContain('Joni Sherman')
  })

  test('who is in a nested group counts as a member of the outer one, transitively only', async () => {
    const { laptops, vpn } = tenant.ids.groups
    const joni = tenant.ids.users.joni
    await addTo(laptops, joni)
    const check = await tenant.send('POST', `/users/${joni}/checkMemberGroups`, { groupIds: [vpn, laptops] })
    expect(new Set(check.body['value'] as string[])).toEqual(new Set([vpn, laptops]))
    expect(names(await tenant.get(`/users/${joni}/memberOf`))).toEqual(['Engineering Laptops'])
    expect(names(await tenant.get(`/users/${joni}/transitiveMemberOf`))).toEqual(['Engineering Laptops', 'VPN Users'])
  })

  test('a role held through a role-assignable group shows transitively', async () => {
    const path = `/users/${tenant.ids.users.hanna}/transitiveMemberOf/microsoft.graph.directoryRole`
    expect(names(await tenant.get(path))).toEqual(['Groups Administrator'])
  })
})

describe('licences', () => {
  const assign = (user: string, add: string[], remove: string[] = []) =>
    tenant.send('POST', `/users/${user}/assignLicense`, {
      addLicenses: add.map((skuId) => ({ skuId, disabledPlans: [] })),
      removeLicenses: remove,
    })
  const left = async (skuId: string) => {
    const sku = (await tenant.get('/subscribedSkus')).value.find((one) => one['skuId'] === skuId)
    return (sku?.['prepaidUnits'] as { enabled: number }).enabled - Number(sku?.['consumedUnits'])
  }
  const message = ({ body }: Awaited<ReturnType<typeof assign>>) =>
    String((body['error'] as { message: string }).message)

  test('Contoso starts with twelve free E3 seats, no E5 and three Visio', async () => {
    const { e3, e5, visio } = tenant.ids.skus
    expect([await left(e3), await left(e5), await left(visio)]).toEqual([12, 0, 3])
  })

  test('a licence needs a usage location and a free seat, and both lists', async () => {
    const id = idOf(await tenant.send('POST', '/users', newUser('seat', { usageLocation: undefined })))
    expect(message(await assign(id, [tenant.ids.skus.e3]))).toMatch(/usage location/)
    await tenant.send('PATCH', `/users/${id}`, { usageLocation: 'US' })
    expect(message(await assign(id, [tenant.ids.skus.e5]))).toMatch(/does not have any available licenses/)
    expect(message(await assign(id, [tenant.ids.skus.businessPremium]))).toMatch(/does not have any available licenses/)
    const half = await tenant.send('POST', `/users/${id}/assignLicense`, { addLicenses: [] })
    expect(message(half)).toMatch(/parameters of the operation 'assignLicense' are missing/)
    expect((await assign(id, [tenant.ids.skus.e3])).status).toBe(200)
    expect(await left(tenant.ids.skus.e3)).toBe(11)
    expect((await tenant.get(`/users/${id}`)).body['mail']).toBe('seat@contoso.com')
  })

  test('swapping a licence in one call is one change: nothing is removed when the addition fails', async () => {
    const { adele } = tenant.ids.users
    expect((await assign(adele, [tenant.ids.skus.e5], [tenant.ids.skus.e3])).status).toBe(400)
    expect((await tenant.get(`/users/${adele}/licenseDetails`)).value.map((one) => one['skuPartNumber'])).toContain(
      'SPE_E3',
    )
  })

  test('joining a licensed group gives its licence, which only leaving takes away', async () => {
    const { licenceE3 } = tenant.ids.groups
    const id = idOf(await tenant.send('POST', '/users', newUser('grouped')))
    await addTo(licenceE3, id)
    const path = `/users/${id}?$select=id,assignedLicenses,licenseAssignmentStates`
    const { body } = await tenant.get(path)
    expect(body['licenseAssignmentStates']).toEqual([
      expect.objectContaining({ assignedByGroup: licenceE3, state: 'Active', error: 'None' }),
    ])
    expect(message(await assign(id, [], [tenant.ids.skus.e3]))).toMatch(/inherited from a group/)
    await tenant.send('DELETE', `/groups/${licenceE3}/members/${id}/$ref`)
    expect((await tenant.get(path)).body['assignedLicenses']).toEqual([])
    expect(await left(tenant.ids.skus.e3)).toBe(12)
  })

  test('a licensed group without seats left marks its newest member with CountViolation', async () => {
    const { licenceE3 } = tenant.ids.groups
    for (let i = 0; i < 13; i++) {
      await addTo(licenceE3, idOf(await tenant.send('POST', '/users', newUser(`crowd${i}`))))
    }
    const last = '/users/crowd12@contoso.com?$select=id,licenseAssignmentStates,assignedLicenses'
    expect((await tenant.get(last)).body).toMatchObject({
      assignedLicenses: [],
      licenseAssignmentStates: [{ state: 'Error', error: 'CountViolation' }],
    })
    expect(names(await tenant.get(`/groups/${licenceE3}/membersWithLicenseErrors`))).toEqual(['New crowd12'])
    await tenant.send('DELETE', '/users/crowd0@contoso.com')
    await tenant.send('POST', '/users/crowd12@contoso.com/reprocessLicenseAssignment')
    expect((await tenant.get(last)).body).toMatchObject({ licenseAssignmentStates: [{ state: 'Active' }] })
  })
})
