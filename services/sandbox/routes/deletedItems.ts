import { contextOf, isJson, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { countAnswer, listAnswer, type ListOptions } from '../query/list.ts'
import { project, projectionOf } from '../query/project.ts'
import { deleteForGood, findDeletedUser, liveDeletedUsers, restore } from '../rules/deletion.ts'
import { changed, removed } from '../rules/journal.ts'
import { join } from '../rules/membership.ts'
import { refusePrivileged } from '../rules/privilege.ts'
import { groupItem, groupShape, userItem, userShape } from '../schema/shapes.ts'
import type { Item } from '../schema/shape.ts'
import type { GroupRecord, Tenant } from '../state.ts'

const USERS: ListOptions = { context: 'users', target: userShape }
const GROUPS: ListOptions = { context: 'groups', target: groupShape }

const deletedUsers = (tenant: Tenant) => liveDeletedUsers(tenant).map((user) => userItem(tenant, user))
const deletedGroups = (tenant: Tenant) => [...tenant.deletedGroups.values()].map((group) => groupItem(tenant, group))

function answer(call: Call, found: Item): GraphAnswer {
  const body = project(found, { ...projectionOf(call.request.query), typed: true })
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'directoryObjects/$entity'), ...body } }
}

const groupOf = ({ tenant, args }: Call) => tenant.deletedGroups.get((args['id'] ?? '').toLowerCase())

function getDeleted(call: Call): GraphAnswer {
  const group = groupOf(call)
  if (group !== undefined) return answer(call, groupItem(call.tenant, group))
  return answer(call, userItem(call.tenant, findDeletedUser(call.tenant, call.args['id'] ?? '')))
}

function restoreDeleted(call: Call): GraphAnswer {
  const { tenant, request } = call
  const group = groupOf(call)
  if (group !== undefined) return restoreGroup(call, group)
  const user = findDeletedUser(tenant, call.args['id'] ?? '')
  refusePrivileged(tenant, user.id, { passwordReset: false })
  const dropTakenProxies = isJson(request.body) && request.body['autoReconcileProxyConflict'] === true
  restore(tenant, user, { dropTakenProxies })
  return answer(call, userItem(tenant, user))
}

function restoreGroup(call: Call, group: GroupRecord): GraphAnswer {
  const { tenant } = call
  tenant.deletedGroups.delete(group.id)
  const members = [...group.members].filter((id) => tenant.users.has(id) || tenant.groups.has(id))
  const restored: GroupRecord = { ...group, members: new Set(), deletedAt: undefined }
  tenant.groups.set(group.id, restored)
  changed(tenant, 'groups', { id: group.id, fields: Object.keys(group.props) })
  for (const id of members) join(tenant, restored, id)
  return answer(call, groupItem(tenant, restored))
}

function deletePermanently(call: Call): GraphAnswer {
  const { tenant } = call
  const group = groupOf(call)
  if (group !== undefined) {
    tenant.deletedGroups.delete(group.id)
    removed(tenant, 'groups', { id: group.id, reason: 'deleted' })
    return noContent()
  }
  const user = findDeletedUser(tenant, call.args['id'] ?? '')
  refusePrivileged(tenant, user.id, { passwordReset: false })
  deleteForGood(tenant, user)
  return noContent()
}

const ITEMS = '/directory/deletedItems'

export const deletedItemRoutes: readonly Route[] = [
  ['GET', `${ITEMS}/microsoft.graph.user`, (call) => listAnswer(call, deletedUsers(call.tenant), USERS)],
  ['GET', `${ITEMS}/microsoft.graph.user/$count`, (call) => countAnswer(call, deletedUsers(call.tenant), USERS)],
  ['GET', `${ITEMS}/microsoft.graph.group`, (call) => listAnswer(call, deletedGroups(call.tenant), GROUPS)],
  ['GET', `${ITEMS}/{id}`, getDeleted],
  ['POST', `${ITEMS}/{id}/restore`, restoreDeleted],
  ['DELETE', `${ITEMS}/{id}`, deletePermanently],
]
