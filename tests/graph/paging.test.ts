import { afterEach, expect, test } from 'vitest'
import { path, quote, type User } from '../../services/graph/index.ts'
import { searchClause } from '../../services/graph/path.ts'
import { ok, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const start = async (...replies: Reply[]) => (server = await scripted(replies))

async function gather(users: AsyncIterable<User>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of users) ids.push(id)
  return ids
}

const page = (ids: string[], next?: string): Reply =>
  ok({ value: ids.map((id) => ({ id })), ...(next ? { '@odata.nextLink': next } : {}) })

test('pages are followed to the end, an empty one too', async () => {
  const link = 'http://127.0.0.1:9/v1.0/users?$select=id&$skiptoken=a%2Bb%3D'
  const { graph, received } = await start(page(['1'], link), page([], link), page(['2']))
  expect(await gather(graph.users.list())).toEqual(['1', '2'])
  expect(received[1]?.url).toContain('$skiptoken=a%2Bb%3D')
  expect(received[1]?.url.match(/\$select/g)).toHaveLength(1)
})

test('a link to another host does not take our token there', async () => {
  const { graph, received } = await start(page(['1'], 'https://evil.example/v1.0/users?$skiptoken=x'), page(['2']))
  await gather(graph.users.list())
  expect(received.map(({ url }) => url.split('?')[0])).toEqual(['/v1.0/users', '/v1.0/users'])
})

test('whoever stops reading stops the asking', async () => {
  const { graph, received } = await start(page(['1', '2'], 'http://x/v1.0/users?$skiptoken=x'))
  for await (const user of graph.users.list()) if (user.id === '1') break
  expect(received).toHaveLength(1)
})

test('a redirect is not followed', async () => {
  const { graph, received } = await start({ status: 302, headers: { location: '/elsewhere' } }, ok())
  await expect(graph.users.get('1')).rejects.toMatchObject({ name: 'GraphRefused', status: 302 })
  expect(received).toHaveLength(1)
})

test('names with quotes and signs arrive as they are', async () => {
  const { graph, received } = await start(page([]))
  await graph.groups.findByName("R&D + O'Brien #1 50%")
  const asked = new URL(received[0]?.url ?? '', server.url).searchParams.get('$filter')
  expect(asked).toBe("displayName eq 'R&D + O''Brien #1 50%'")
})

test('the base address may end in a slash or a version', async () => {
  const { url, received } = await start(ok({ value: [{ id: 't', displayName: 'Contoso' }] }))
  for (const baseUrl of [`${url}/`, `${url}/v1.0`, `${url}/v1.0/`]) {
    const { createGraph } = await import('../../services/graph/index.ts')
    await createGraph({ baseUrl, token: async () => 't' }).ping()
  }
  expect(received.map(({ url }) => url.split('?')[0])).toEqual(Array(3).fill('/v1.0/organization'))
})

test('values cannot leave their place in a path, a filter or a search', async () => {
  await start(ok())
  expect(path`/users/${'a/../b?c#d'}/manager`).toEqual({
    url: '/users/a%2F..%2Fb%3Fc%23d/manager',
    template: '/users/{id}/manager',
  })
  expect(() => path`/users/${''}`).toThrow(TypeError)
  expect(() => path`/users/${'..'}`).toThrow(TypeError)
  expect(quote("x' or '1' eq '1")).toBe("'x'' or ''1'' eq ''1'")
  expect(searchClause('displayName', 'a" OR "mail:b\\')).toBe('"displayName:a  OR  mail:b"')
})
