import { afterEach, expect, test } from 'vitest'
import { ok, refuse, scripted, type Reply, type Scripted } from './support/scripted.ts'

let server: Scripted

afterEach(() => server.close())

const start = async (...replies: Reply[]) => (server = await scripted(replies))

test('adding somebody who is in the group already is as good as adding them', async () => {
  const { graph } = await start(refuse(400), ok({ value: [{ id: 'other' }, { id: 'group' }] }))
  await expect(graph.groups.addMember('group', 'user')).resolves.toBeUndefined()
})

test('a refusal for another reason stays a refusal', async () => {
  const { graph } = await start(refuse(400), ok({ value: [{ id: 'other' }] }))
  await expect(graph.groups.addMember('group', 'user')).rejects.toMatchObject({ status: 400 })
})

test('adding an owner twice is no error either', async () => {
  const { graph } = await start(refuse(400), ok({ value: [{ id: 'user' }] }))
  await expect(graph.groups.addOwner('group', 'user')).resolves.toBeUndefined()
})

test('removing somebody who is not there is as good as removing them', async () => {
  const { graph } = await start(refuse(404, 'Request_ResourceNotFound'))
  await expect(graph.groups.removeMember('group', 'user')).resolves.toBeUndefined()
  await expect(graph.users.removeManager('user')).resolves.toBeUndefined()
})

test('membership of many groups is asked twenty at a time', async () => {
  const ids = Array.from({ length: 41 }, (_, index) => `g${index}`)
  const { graph, received } = await start(ok({ value: ['g0'] }), ok({ value: ['g20'] }), ok({ value: [] }))
  expect(await graph.groups.isMember(ids, 'user')).toEqual(['g0', 'g20'])
  expect(received).toHaveLength(3)
})

test('asking whether Graph is there is answered at once, even by no', async () => {
  const { graph, received, slept } = await start({ status: 503, body: {} })
  await expect(graph.ping()).rejects.toMatchObject({ reason: '503' })
  expect(received).toHaveLength(1)
  expect(slept).toEqual([])
})
