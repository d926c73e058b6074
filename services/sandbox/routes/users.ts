import { badRequest } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { countAnswer, listAnswer, type ListOptions } from '../query/list.ts'
import { checkProjection, project, projectionOf } from '../query/project.ts'
import { softDelete } from '../rules/deletion.ts'
import { findUser, isVisible, referencedId } from '../rules/find.ts'
import { refusePrivileged, SENSITIVE } from '../rules/privilege.ts'
import { admitUser, changeUser } from '../rules/userLife.ts'
import { checkRequired, checkUserProps, isFederated } from '../rules/userProps.ts'
import { userItem, userShape } from '../schema/shapes.ts'
import type { Tenant, UserRecord } from '../state.ts'
import { bodyOf } from './body.ts'

const users: ListOptions = {
  target: userShape,
  context: 'users',
}

const allUsers = (tenant: Tenant) =>
  [...tenant.users.values()].filter((user) => isVisible(tenant, user)).map((user) => userItem(tenant, user))

function getUser(call: Call): GraphAnswer {
  const user = findUser(call.tenant, call.args['id'] ?? '')
  const projection = projectionOf(call.request.query)
  checkProjection(projection, userShape)
  return oneUser(call, user, { status: 200 })
}

export function oneUser(call: Call, user: UserRecord, { status }: { status: number }): GraphAnswer {
  const body = project(userItem(call.tenant, user), projectionOf(call.request.query))
  return { status, body: { '@odata.context': contextOf(call.request, 'users/$entity'), ...body } }
}

function createUser(call: Call): GraphAnswer {
  const { tenant } = call
  const { 'manager@odata.bind': manager, ...body } = bodyOf(call)
  checkRequired(tenant, body)
  checkUserProps(tenant, body, 'create')
  const managerId = manager === undefined ? undefined : findUser(tenant, referencedId(tenant, manager)).id
  const user = admitUser(tenant, body, { delayMs: tenant.settings.replicationDelayMs })
  user.managerId = managerId
  return oneUser(call, user, { status: 201 })
}

/** What stays writable on an account whose home is on-premises. */
const CLOUD_MASTERED = ['usageLocation']

function updateUser(call: Call): GraphAnswer {
  const { tenant, args } = call
  const user = findUser(tenant, args['id'] ?? '')
  const patch = bodyOf(call)
  const names = Object.keys(patch)
  if (names.length === 0) throw badRequest('Empty Payload. JSON content expected.')
  checkUserProps(tenant, patch, 'update')
  if (names.some((name) => SENSITIVE.includes(name))) {
    refusePrivileged(tenant, user.id, { passwordReset: names.includes('passwordProfile') })
  }
  if (user.props['onPremisesSyncEnabled'] === true && names.some((name) => !CLOUD_MASTERED.includes(name))) {
    throw onPremisesMastered()
  }
  if (names.includes('passwordProfile') && isFederated(tenant, user.props['userPrincipalName'])) {
    throw badRequest('The password of a federated user cannot be set.')
  }
  changeUser(tenant, user, patch)
  return noContent()
}

export const onPremisesMastered = () =>
  badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  )

function deleteUser({ tenant, args }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  refusePrivileged(tenant, user.id, { passwordReset: false })
  softDelete(tenant, user)
  return noContent()
}

export const userRoutes: readonly Route[] = [
  ['GET', '/users', (call) => listAnswer(call, () => allUsers(call.tenant), users)],
  ['GET', '/users/$count', (call) => countAnswer(call, allUsers(call.tenant), users)],
  ['POST', '/users', createUser],
  ['GET', '/users/{id}', getUser],
  ['PATCH', '/users/{id}', updateUser],
  ['DELETE', '/users/{id}', deleteUser],
]
