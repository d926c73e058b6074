import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { idOf, startTenant, type Json, type TestTenant } from './support/tenant.ts'

const MINUTE = 60_000
let clock = Date.parse('2026-03-01T08:00:00Z')
let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant({ now: () => new Date(clock) })
})
beforeEach(() => tenant.control('POST', '/reset'))
afterAll(() => tenant.close())

const path = () => `/users/${tenant.ids.users.adele}/authentication/temporaryAccessPassMethods`
const create = (body: Json = {}) => tenant.send('POST', path(), body)
const signIn = (temporaryAccessPass: unknown) =>
  tenant.control('POST', '/sign-in', { userPrincipalName: 'adelev@contoso.com', temporaryAccessPass })

test('a pass shows its value at creation only', async () => {
  const created = await create()
  expect(created.body).toMatchObject({ lifetimeInMinutes: 60, isUsable: true, isUsableOnce: false })
  expect(created.body['temporaryAccessPass']).toEqual(expect.stringMatching(/^\w{8}$/))
  const read = await tenant.get(`${path()}/${idOf(created)}`)
  expect(read.body['temporaryAccessPass']).toBeNull()
})

test('a new pass takes the place of the old one', async () => {
  const first = await create()
  const second = await create()
  expect((await tenant.get(path())).value.map((tap) => tap['id'])).toEqual([idOf(second)])
  expect(await signIn(first.body['temporaryAccessPass'])).toEqual({ ok: false, reason: 'no-pass' })
  expect(await signIn(second.body['temporaryAccessPass'])).toMatchObject({ ok: true })
})

test('a one-time pass lets in once, a pass lapses, and one from tomorrow does not work today', async () => {
  const once = await create({ isUsableOnce: true })
  expect(await signIn(once.body['temporaryAccessPass'])).toMatchObject({ ok: true })
  expect(await signIn(once.body['temporaryAccessPass'])).toEqual({ ok: false, reason: 'OneTimeUsed' })
  const tomorrow = await create({ startDateTime: new Date(clock + 24 * 60 * MINUTE).toISOString() })
  expect(tomorrow.body['methodUsabilityReason']).toBe('NotYetValid')
  const short = await create({ lifetimeInMinutes: 60 })
  clock += 61 * MINUTE
  expect(await signIn(short.body['temporaryAccessPass'])).toEqual({ ok: false, reason: 'Expired' })
})

test('the policy sets the bounds and can forbid passes altogether', async () => {
  expect((await create({ lifetimeInMinutes: 30 })).status).toBe(400)
  expect((await create({ lifetimeInMinutes: 481 })).status).toBe(400)
  await tenant.control('PATCH', '/settings', { tapEnabled: false })
  expect((await create()).status).toBe(400)
  const policy = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/TemporaryAccessPass'
  expect((await tenant.get(policy)).body['state']).toBe('disabled')
})

test('every method of a person is listed with its type and can be taken away', async () => {
  const methods = `/users/${tenant.ids.users.adele}/authentication/methods`
  const kinds = async () => (await tenant.get(methods)).value.map((one) => String(one['@odata.type']).split('.').at(-1))
  expect(await kinds()).toEqual([
    'passwordAuthenticationMethod',
    'phoneAuthenticationMethod',
    'microsoftAuthenticatorAuthenticationMethod',
  ])
  const phone = (await tenant.get(methods)).value[1]
  const removal = `/users/${tenant.ids.users.adele}/authentication/phoneMethods/${String(phone?.['id'])}`
  expect((await tenant.send('DELETE', removal)).status).toBe(204)
  expect((await tenant.send('DELETE', removal)).status).toBe(404)
  expect(await kinds()).not.toContain('phoneAuthenticationMethod')
})
