import { notFound } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { project, projectionOf } from '../query/project.ts'
import { item } from '../schema/shape.ts'
import { objectItems, roleShape } from '../schema/shapes.ts'

function roleOf({ tenant, args }: Call) {
  const id = (args['id'] ?? '').toLowerCase()
  const template = /^roletemplateid=(.+)$/.exec(id)?.[1]
  const role = [...tenant.roles.values()].find((one) =>
    template === undefined ? one.id === id : one.roleTemplateId === template,
  )
  if (role === undefined) throw notFound(id)
  return role
}

function getRole(call: Call): GraphAnswer {
  const body = project(item(roleShape, roleOf(call), call.tenant), projectionOf(call.request.query))
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'directoryRoles/$entity'), ...body } }
}

export const roleRoutes: readonly Route[] = [
  [
    'GET',
    '/directoryRoles',
    (call) =>
      listAnswer(
        call,
        [...call.tenant.roles.values()].map((role) => item(roleShape, role, call.tenant)),
        { target: roleShape, context: 'directoryRoles' },
      ),
  ],
  ['GET', '/directoryRoles/{id}', getRole],
  [
    'GET',
    '/directoryRoles/{id}/members',
    (call) =>
      listAnswer(call, objectItems(call.tenant, roleOf(call).members), { context: 'directoryObjects', typed: true }),
  ],
]
