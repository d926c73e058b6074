import { afterAll, beforeAll, expect, test } from 'vitest'
import { names, newUser, startTenant, type TestTenant } from './support/tenant.ts'

const DAY = 24 * 60 * 60 * 1000
let clock = Date.parse('2026-03-01T08:00:00Z')
let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant({ now: () => new Date(clock) })
})
afterAll(() => tenant.close())

test('a deleted account leaves groups, seats and its name; restoring brings all of it back', async () => {
  const { adele, megan } = tenant.ids.users
  const facts = async () => ({
    groups: names(await tenant.get(`/users/${adele}/memberOf`)),
    manager: (await tenant.get(`/users/${adele}/manager`)).body['id'],
    licences: (await tenant.get(`/users/${adele}/licenseDetails`)).value.map((one) => one['skuPartNumber']),
  })
  const before = await facts()
  expect((await tenant.send('DELETE', `/users/${adele}`)).status).toBe(204)
  expect((await tenant.get(`/users/${adele}`)).status).toBe(404)
  expect(names(await tenant.get(`/groups/${tenant.ids.groups.vpn}/members`))).not.toContain('Adele Vance')
  expect(names(await tenant.get('/directory/deletedItems/microsoft.graph.user'))).toEqual(['Adele Vance'])
  const restored = await tenant.send('POST', `/directory/deletedItems/${adele}/restore`)
  expect([restored.status, restored.body['@odata.type']]).toEqual([200, '#microsoft.graph.user'])
  const after = await facts()
  expect({ ...after, groups: new Set(after.groups) }).toEqual({ ...before, groups: new Set(before.groups) })
  expect(after.manager).toBe(megan)
})

test('reports of a deleted manager have no manager until the manager is restored', async () => {
  const { megan, adele } = tenant.ids.users
  await tenant.send('DELETE', `/users/${megan}`)
  expect((await tenant.get(`/users/${adele}/manager`)).status).toBe(404)
  await tenant.send('POST', `/directory/deletedItems/${megan}/restore`, {})
  expect((await tenant.get(`/users/${adele}/manager`)).body['id']).toBe(megan)
})

test('the name of a deleted account may be taken, and then the restore is refused', async () => {
  const { joni } = tenant.ids.users
  await tenant.send('DELETE', `/users/${joni}`)
  expect((await tenant.send('POST', '/users', newUser('jonis'))).status).toBe(201)
  const refused = await tenant.send('POST', `/directory/deletedItems/${joni}/restore`, {})
  expect([refused.status, refused.code]).toEqual([400, 'Request_BadRequest'])
})

test('after thirty days, or when purged, nothing is left to restore', async () => {
  const { irvin, enrico } = tenant.ids.users
  await tenant.send('DELETE', `/users/${irvin}`)
  await tenant.send('DELETE', `/users/${enrico}`)
  expect((await tenant.send('DELETE', `/directory/deletedItems/${enrico}`)).status).toBe(204)
  expect((await tenant.send('POST', `/directory/deletedItems/${enrico}/restore`, {})).status).toBe(404)
  clock += 31 * DAY
  expect((await tenant.send('POST', `/directory/deletedItems/${irvin}/restore`, {})).status).toBe(404)
})
