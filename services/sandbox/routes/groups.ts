import { randomUUID } from 'node:crypto'
import { badRequest, conflict, invalidValue } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { countAnswer, listAnswer, type ListOptions } from '../query/list.ts'
import { checkProjection, project, projectionOf } from '../query/project.ts'
import { findGroup, isVisible, referencedId } from '../rules/find.ts'
import { changed, removed } from '../rules/journal.ts'
import { isDynamic, leave, parentsOf, settleDynamicGroup } from '../rules/membership.ts'
import { GROUP } from '../schema/group.ts'
import { groupItem, groupShape, parentItems } from '../schema/shapes.ts'
import type { GroupRecord, Tenant } from '../state.ts'
import { addMembers, refuseClosedGroup } from './members.ts'
import { bodyOf } from './body.ts'

const groups: ListOptions = { target: groupShape, context: 'groups' }

const allGroups = (tenant: Tenant) =>
  [...tenant.groups.values()].filter((group) => isVisible(tenant, group)).map((group) => groupItem(tenant, group))

function getGroup(call: Call): GraphAnswer {
  const projection = projectionOf(call.request.query)
  checkProjection(projection, groupShape)
  return oneGroup(call, findGroup(call.tenant, call.args['id'] ?? ''), 200)
}

export function oneGroup(call: Call, group: GroupRecord, status: number): GraphAnswer {
  const body = project(groupItem(call.tenant, group), projectionOf(call.request.query))
  return { status, body: { '@odata.context': contextOf(call.request, 'groups/$entity'), ...body } }
}

const REQUIRED = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled']

function checkGroupProps(body: Json): void {
  for (const [name, value] of Object.entries(body)) {
    const property = GROUP.get(name)
    if (property === undefined || name === 'id') throw badRequest(`Invalid property '${name}'.`)
    if (property.readOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`)
    const wrong = (property.kind === 'boolean' && typeof value !== 'boolean') || (name === 'displayName' && !value)
    if (wrong) throw invalidValue(name, 'Group')
  }
}

/** Splits what sets references from what sets properties. */
function parted(body: Json) {
  const { 'members@odata.bind': members, 'owners@odata.bind': owners, ...props } = body
  const list = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat())
  return { props, members: list(members), owners: list(owners) }
}

function createGroup(call: Call): GraphAnswer {
  const { tenant } = call
  const { props, members, owners } = parted(bodyOf(call))
  const missing = REQUIRED.find((name) => props[name] === undefined)
  if (missing !== undefined) throw badRequest(`A value is required for property '${missing}' of resource 'Group'.`)
  checkGroupProps(props)
  const unified = Array.isArray(props['groupTypes']) && props['groupTypes'].includes('Unified')
  if (props['mailEnabled'] === true && !unified) {
    throw badRequest('The service does not currently support writes of mail-enabled groups.')
  }
  const nickname = String(props['mailNickname']).toLowerCase()
  if (unified && tenant.claims.has(`mailNickname:${nickname}`)) throw conflict('mailNickname')
  const domain = tenant.domains.find(({ isDefault }) => isDefault === true)?.id ?? ''
  const group: GroupRecord = {
    id: randomUUID(),
    props: {
      groupTypes: [],
      createdDateTime: new Date(tenant.now()).toISOString(),
      ...props,
      ...(unified ? { mail: `${nickname}@${domain}`, proxyAddresses: [`SMTP:${nickname}@${domain}`] } : {}),
    },
    members: new Set(),
    owners: new Set(),
    licences: new Map(),
    visibleAt: tenant.now() + tenant.settings.replicationDelayMs,
  }
  addMembers(tenant, group, members)
  for (const owner of owners) group.owners.add(referencedId(tenant, owner))
  tenant.groups.set(group.id, group)
  if (unified) tenant.claims.set(`mailNickname:${nickname}`, group.id)
  changed(tenant, 'groups', { id: group.id, fields: Object.keys(group.props) })
  if (isDynamic(group)) settleDynamicGroup(tenant, group)
  return oneGroup(call, group, 201)
}

function updateGroup(call: Call): GraphAnswer {
  const { tenant, args } = call
  const group = findGroup(tenant, args['id'] ?? '')
  const { props, members, owners } = parted(bodyOf(call))
  checkGroupProps(props)
  if (props['isAssignableToRole'] !== undefined) throw badRequest("Property 'isAssignableToRole' cannot be updated.")
  if (isDynamic(group) && members.length === 0)
    refuseClosedGroup(tenant, { ...group, props: { ...group.props, groupTypes: [] } })
  else refuseClosedGroup(tenant, group)
  addMembers(tenant, group, members)
  for (const owner of owners) group.owners.add(referencedId(tenant, owner))
  Object.assign(group.props, props)
  changed(tenant, 'groups', { id: group.id, fields: Object.keys(props) })
  if (isDynamic(group)) settleDynamicGroup(tenant, group)
  return noContent()
}

function deleteGroup({ tenant, args }: Call): GraphAnswer {
  const group = findGroup(tenant, args['id'] ?? '')
  refuseClosedGroup(tenant, { ...group, props: { ...group.props, groupTypes: ['Unified'] } })
  const members = [...group.members]
  for (const member of members) leave(tenant, group, member)
  tenant.groups.delete(group.id)
  removed(tenant, 'groups', { id: group.id, reason: 'changed' })
  tenant.deletedGroups.set(group.id, { ...group, members: new Set(members), deletedAt: tenant.now() })
  return noContent()
}

export const groupRoutes: readonly Route[] = [
  ['GET', '/groups', (call) => listAnswer(call, () => allGroups(call.tenant), groups)],
  ['GET', '/groups/$count', (call) => countAnswer(call, allGroups(call.tenant), groups)],
  ['POST', '/groups', createGroup],
  ['GET', '/groups/{id}', getGroup],
  ['PATCH', '/groups/{id}', updateGroup],
  ['DELETE', '/groups/{id}', deleteGroup],
  [
    'GET',
    '/groups/{id}/memberOf',
    (call) =>
      listAnswer(
        call,
        parentItems(call.tenant, parentsOf(call.tenant, findGroup(call.tenant, call.args['id'] ?? '').id)),
        {
          context: 'directoryObjects',
          typed: true,
        },
      ),
  ],
]
