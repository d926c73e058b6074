import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVENTUAL, names, startTenant, type TestTenant } from './support/tenant.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTenant()
})
afterAll(() => tenant.close())

const search = (text: string) => tenant.get(`/users?$select=displayName&$search=${encodeURIComponent(text)}`, EVENTUAL)
const filter = (text: string) => tenant.get(`/users?$select=displayName&$filter=${encodeURIComponent(text)}`)

describe('finding people', () => {
  test('two people with one name are both found', async () => {
    expect(names(await search('"displayName:Chris Green"'))).toEqual(['Chris Green', 'Chris Green'])
  })

  test('a name is searched by its words and without regard to accents or case', async () => {
    expect(names(await search('"displayName:siobhan"'))).toEqual(["Siobhán O'Brien"])
    expect(names(await search('"displayName:vance"'))).toEqual(['Adele Vance'])
    expect(names(await search('"displayName:حداد"'))).toEqual(['ليلى حداد'])
    expect(names(await search('"displayName:nobody" OR "mail:adele"'))).toEqual(['Adele Vance'])
  })

  test('an apostrophe is doubled in a filter and may stand in a path', async () => {
    expect(names(await filter("userPrincipalName eq 's.o''brien@contoso.com'"))).toEqual(["Siobhán O'Brien"])
    expect((await tenant.get("/users/s.o'brien@contoso.com")).status).toBe(200)
    expect((await filter("userPrincipalName eq 's.o'brien@contoso.com'")).code).toBe('BadRequest')
  })

  test('filters combine with and, or, not, in and parentheses', async () => {
    expect(
      names(await filter("department eq 'HR' and (jobTitle eq 'Recruiter' or jobTitle eq 'HR Director')")),
    ).toEqual(['Lynne Robbins', 'Inês Carvalho'])
    expect(names(await filter("usageLocation in ('JP','KR')"))).toEqual(['Mina Ito', 'Grace Kim'])
    const others = "/users?$select=displayName&$count=true&$filter=not(userType eq 'Member')"
    expect(names(await tenant.get(others, EVENTUAL))).toEqual(['Provisioning Partner (Fabrikam)'])
  })
})

describe('what Graph refuses', () => {
  test.each([
    [
      'an operator that the property does not document',
      "/users?$filter=startswith(department,'E')",
      'Request_UnsupportedQuery',
    ],
    ['contains', "/users?$filter=contains(displayName,'a')", 'Request_UnsupportedQuery'],
    ['a property that cannot be filtered', "/users?$filter=aboutMe eq 'x'", 'Request_UnsupportedQuery'],
    ['an unknown property in $filter', "/users?$filter=shoeSize eq 'x'", 'BadRequest'],
    ['an unknown property in $select', '/users?$select=shoeSize', 'BadRequest'],
    ['bad syntax', "/users?$filter=displayName is 'x'", 'BadRequest'],
    ['a page that is too big', '/users?$top=1000', 'Request_UnsupportedQuery'],
    ['a page of nothing', '/users?$top=0', 'Request_UnsupportedQuery'],
    ['ne without ConsistencyLevel', "/users?$filter=department ne 'HR'", 'Request_UnsupportedQuery'],
    ['$search without ConsistencyLevel', '/users?$search="displayName:a"', 'Request_UnsupportedQuery'],
    ['$count without ConsistencyLevel', '/users?$count=true', 'Request_UnsupportedQuery'],
    ['$orderby with $filter', "/users?$filter=department eq 'HR'&$orderby=displayName", 'Request_UnsupportedQuery'],
    ['a page token of its own making', '/users?$skiptoken=abc', 'Directory_ExpiredPageToken'],
    ['an unknown path', '/people', 'BadRequest'],
  ])('%s', async (_case, path, code) => {
    const answer = await tenant.get(path)
    expect([answer.status, answer.code]).toEqual([400, code])
  })

  test('a request without a token is answered with 401', async () => {
    const response = await fetch(`${tenant.url}/v1.0/users`)
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { error: { code: 'InvalidAuthenticationToken' } },
    ])
  })

  test('a body that is no JSON is a 400 in Graph’s shape', async () => {
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
    const response = await fetch(`${tenant.url}/v1.0/users`, { method: 'POST', headers, body: '{"a' })
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'BadRequest' } }])
  })
})

describe('pages', () => {
  test('together they hold everybody once, even when somebody is added or deleted in between', async () => {
    const everybody = (await tenant.get('/users?$top=999&$select=id')).value
    const first = await tenant.get('/users?$top=25&$select=id')
    await tenant.send('DELETE', `/users/${tenant.ids.everyone['victor'] ?? ''}`)
    const pages = [first]
    for (let next = first.body['@odata.nextLink']; typeof next === 'string' && pages.length < 9;) {
      const page = await tenant.get(next)
      pages.push(page)
      next = page.body['@odata.nextLink']
    }
    const seen = pages.flatMap(({ value }) => value.map((one) => one['id']))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(everybody.length - 1)
    expect(first.headers.get('x-ms-resource-unit')).toBe('1')
  })
})
