import { badRequest, notFound } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { project, projectionOf } from '../query/project.ts'
import { findUser, referencedId } from '../rules/find.ts'
import { changed } from '../rules/journal.ts'
import { objectItem, reportsOf, userShape } from '../schema/shapes.ts'
import { bodyOf } from './body.ts'
import { onPremisesMastered } from './users.ts'

function managerOf({ tenant, args }: Call) {
  const manager = objectItem(tenant, findUser(tenant, args['id'] ?? '').managerId)
  if (manager === undefined) throw notFound('manager')
  return manager
}

function getManager(call: Call): GraphAnswer {
  const body = project(managerOf(call), { ...projectionOf(call.request.query), typed: true })
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'directoryObjects/$entity'), ...body } }
}

function getManagerRef(call: Call): GraphAnswer {
  const link = `${call.request.origin}/v1.0/users/${managerOf(call).id}/Microsoft.DirectoryServices.User`
  return { status: 200, body: { '@odata.context': contextOf(call.request, '$ref'), '@odata.id': link } }
}

function setManager(call: Call): GraphAnswer {
  const { tenant, args } = call
  const user = findUser(tenant, args['id'] ?? '')
  const manager = findUser(tenant, referencedId(tenant, bodyOf(call)['@odata.id']))
  if (manager.id === user.id) throw badRequest("Invalid value specified for property 'manager' of resource 'User'.")
  if (user.props['onPremisesSyncEnabled'] === true) throw onPremisesMastered()
  user.managerId = manager.id
  changed(tenant, 'users', { id: user.id, fields: ['manager'] })
  return noContent()
}

function removeManager({ tenant, args }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  if (user.managerId === undefined) throw notFound('manager')
  user.managerId = undefined
  changed(tenant, 'users', { id: user.id, fields: ['manager'] })
  return noContent()
}

export const managerRoutes: readonly Route[] = [
  ['GET', '/users/{id}/manager', getManager],
  ['GET', '/users/{id}/manager/$ref', getManagerRef],
  ['PUT', '/users/{id}/manager/$ref', setManager],
  ['DELETE', '/users/{id}/manager/$ref', removeManager],
  [
    'GET',
    '/users/{id}/directReports',
    (call) =>
      listAnswer(call, reportsOf(call.tenant, findUser(call.tenant, call.args['id'] ?? '').id), {
        target: userShape,
        context: 'directoryObjects',
        typed: true,
      }),
  ],
]
