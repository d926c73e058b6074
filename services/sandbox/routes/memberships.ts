import { badRequest } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type Route } from '../http.ts'
import { countAnswer, listAnswer, type ListOptions } from '../query/list.ts'
import { findUser } from '../rules/find.ts'
import { allParentsOf, parentsOf } from '../rules/membership.ts'
import { groupItem, groupShape, parentItems, roleShape } from '../schema/shapes.ts'
import type { Item } from '../schema/shape.ts'
import { bodyOf } from './body.ts'

const OBJECTS: ListOptions = { context: 'directoryObjects', typed: true }
const GROUPS: ListOptions = { context: 'groups', target: groupShape }
const ROLES: ListOptions = { context: 'directoryRoles', target: roleShape }

const idOf = ({ tenant, args }: Call) => findUser(tenant, args['id'] ?? '').id
const direct = (call: Call) => parentItems(call.tenant, parentsOf(call.tenant, idOf(call)))
const all = (call: Call) => parentItems(call.tenant, allParentsOf(call.tenant, idOf(call)))
const of = (type: string, items: Item[]) => items.filter((one) => one.type === type)

/** Everything the user owns: only groups here. */
function owned(call: Call): Item[] {
  const id = idOf(call)
  const groups = [...call.tenant.groups.values()].filter((group) => group.owners.has(id))
  return groups.map((group) => groupItem(call.tenant, group))
}

const strings = (call: Call, value: string[]): GraphAnswer => ({
  status: 200,
  body: { '@odata.context': contextOf(call.request, 'Collection(Edm.String)'), value },
})

function getMemberGroups(call: Call): GraphAnswer {
  const { securityEnabledOnly } = bodyOf(call)
  if (typeof securityEnabledOnly !== 'boolean') throw missing('getMemberGroups', 'securityEnabledOnly')
  const { groups } = allParentsOf(call.tenant, idOf(call))
  const chosen = groups.filter(({ props }) => !securityEnabledOnly || props['securityEnabled'] === true)
  return strings(
    call,
    chosen.map(({ id }) => id),
  )
}

const CHECKED_AT_MOST = 20

function checkMemberGroups(call: Call): GraphAnswer {
  const { groupIds } = bodyOf(call)
  if (!Array.isArray(groupIds)) throw missing('checkMemberGroups', 'groupIds')
  if (groupIds.length > CHECKED_AT_MOST) throw badRequest(`The number of group ids is limited to ${CHECKED_AT_MOST}.`)
  const wanted = groupIds.map((id) => String(id).toLowerCase())
  const { groups } = allParentsOf(call.tenant, idOf(call))
  return strings(
    call,
    groups.map(({ id }) => id).filter((id) => wanted.includes(id)),
  )
}

const missing = (operation: string, parameter: string) =>
  badRequest(
    `One or more parameters of the operation '${operation}' are missing from the request payload. The missing parameters are: ${parameter}.`,
  )

export const membershipRoutes: readonly Route[] = [
  ['GET', '/users/{id}/memberOf', (call) => listAnswer(call, direct(call), OBJECTS)],
  ['GET', '/users/{id}/memberOf/$count', (call) => countAnswer(call, direct(call), OBJECTS)],
  ['GET', '/users/{id}/memberOf/microsoft.graph.group', (call) => listAnswer(call, of('group', direct(call)), GROUPS)],
  [
    'GET',
    '/users/{id}/memberOf/microsoft.graph.directoryRole',
    (call) => listAnswer(call, of('directoryRole', direct(call)), ROLES),
  ],
  [
    'GET',
    '/users/{id}/memberOf/microsoft.graph.administrativeUnit',
    (call) => listAnswer(call, of('administrativeUnit', direct(call)), { context: 'administrativeUnits' }),
  ],
  ['GET', '/users/{id}/transitiveMemberOf', (call) => listAnswer(call, all(call), OBJECTS)],
  [
    'GET',
    '/users/{id}/transitiveMemberOf/microsoft.graph.group',
    (call) => listAnswer(call, of('group', all(call)), GROUPS),
  ],
  [
    'GET',
    '/users/{id}/transitiveMemberOf/microsoft.graph.directoryRole',
    (call) => listAnswer(call, of('directoryRole', all(call)), ROLES),
  ],
  ['GET', '/users/{id}/ownedObjects', (call) => listAnswer(call, owned(call), OBJECTS)],
  ['POST', '/users/{id}/getMemberGroups', getMemberGroups],
  ['POST', '/users/{id}/checkMemberGroups', checkMemberGroups],
]
