import { badRequest, notFound } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { project, projectionOf } from '../query/project.ts'
import { refuseConflicts } from '../rules/claims.ts'
import { objectItem, objectItems } from '../schema/shapes.ts'
import { bodyOf } from './body.ts'

const ASKED_AT_MOST = 1000

function getByIds(call: Call): GraphAnswer {
  const { ids, types } = bodyOf(call)
  if (!Array.isArray(ids)) throw badRequest("The parameter 'ids' is missing from the request payload.")
  if (ids.length > ASKED_AT_MOST) throw badRequest(`The number of ids is limited to ${ASKED_AT_MOST}.`)
  const wanted = Array.isArray(types) ? types.map((type) => String(type).toLowerCase()) : []
  const found = objectItems(call.tenant, new Set(ids.map((id) => String(id).toLowerCase())))
  const kept = found.filter(({ type }) => wanted.length === 0 || wanted.includes(type.toLowerCase()))
  const projection = { ...projectionOf(call.request.query), typed: true }
  const context = contextOf(call.request, 'directoryObjects')
  return { status: 200, body: { '@odata.context': context, value: kept.map((one) => project(one, projection)) } }
}

function getObject(call: Call): GraphAnswer {
  const id = (call.args['id'] ?? '').toLowerCase()
  const found = objectItem(call.tenant, id)
  if (found === undefined) throw notFound(id)
  const body = project(found, { ...projectionOf(call.request.query), typed: true })
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'directoryObjects/$entity'), ...body } }
}

/** Is the name still free? 204, or the conflict that a creation would meet. */
function validateProperties(call: Call): GraphAnswer {
  const { mailNickname } = bodyOf(call)
  refuseConflicts(call.tenant, { mailNickname })
  return noContent()
}

export const objectRoutes: readonly Route[] = [
  ['POST', '/directoryObjects/getByIds', getByIds],
  ['POST', '/users/getByIds', getByIds],
  ['POST', '/users/validateProperties', validateProperties],
  ['POST', '/directoryObjects/validateProperties', validateProperties],
  ['GET', '/directoryObjects/{id}', getObject],
]
