import { badRequest, denied, notFound } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { countAnswer, listAnswer } from '../query/list.ts'
import { findGroup, isVisible, referencedId } from '../rules/find.ts'
import { memberChanged } from '../rules/journal.ts'
import { allMembersOf, isDynamic, join, leave } from '../rules/membership.ts'
import { licenceErrors, objectItem, objectItems, userShape } from '../schema/shapes.ts'
import type { GroupRecord, Tenant } from '../state.ts'
import { bodyOf } from './body.ts'
import { onPremisesMastered } from './users.ts'

const OBJECTS = { context: 'directoryObjects', typed: true } as const
const USERS = { context: 'users', target: userShape } as const
const MAY_MANAGE_ROLES = ['Privileged Role Administrator', 'Global Administrator']

/** @throws GraphFailure when members of this kind of group can't be changed through Graph */
export function refuseClosedGroup(tenant: Tenant, group: GroupRecord): void {
  const unified = (group.props['groupTypes'] as string[] | undefined)?.includes('Unified') === true
  if (group.props['onPremisesSyncEnabled'] === true) throw onPremisesMastered()
  if (group.props['mailEnabled'] === true && !unified) {
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.')
  }
  if (isDynamic(group)) {
    throw badRequest('The members of a dynamic group cannot be changed: its membershipRule sets them.')
  }
  const assignable = group.props['isAssignableToRole'] === true
  if (assignable && !MAY_MANAGE_ROLES.some((role) => tenant.settings.appRoles.includes(role))) throw denied()
}

/** Adds all or nothing. @throws GraphFailure 404 unknown object, 400 already there */
export function addMembers(tenant: Tenant, group: GroupRecord, links: unknown[]): void {
  if (links.length > 20) throw badRequest('The number of references in one request is limited to 20.')
  const ids = links.map((link) => existing(tenant, group, link))
  if (ids.some((id) => group.members.has(id)) || new Set(ids).size < ids.length) throw alreadyThere('members')
  for (const id of ids) join(tenant, group, id)
}

function existing(tenant: Tenant, group: GroupRecord, link: unknown): string {
  const id = referencedId(tenant, link)
  const object = objectItem(tenant, id)
  if (object === undefined) throw notFound(id)
  const unified = (group.props['groupTypes'] as string[] | undefined)?.includes('Unified') === true
  if ((unified && object.type !== 'user') || object.type === 'directoryRole') {
    throw badRequest(`The object '${id}' cannot be a member of this kind of group.`)
  }
  return id
}

const alreadyThere = (property: string) =>
  badRequest(`One or more added object references already exist for the following modified properties: '${property}'.`)

const groupOf = ({ tenant, args }: Call) => findGroup(tenant, args['id'] ?? '')

/** A group that was created a moment ago can be missing where its members are kept: 400 rather than 404. */
function groupForChange({ tenant, args }: Call): GroupRecord {
  const group = tenant.groups.get((args['id'] ?? '').toLowerCase())
  if (group !== undefined && !isVisible(tenant, group)) {
    throw badRequest("The source resource object or one of the objects being referenced don't exist.")
  }
  return findGroup(tenant, args['id'] ?? '')
}

function addMember(call: Call): GraphAnswer {
  const group = groupForChange(call)
  refuseClosedGroup(call.tenant, group)
  addMembers(call.tenant, group, [bodyOf(call)['@odata.id']])
  return noContent()
}

function removeMember(call: Call): GraphAnswer {
  const group = groupOf(call)
  const memberId = (call.args['member'] ?? '').toLowerCase()
  refuseClosedGroup(call.tenant, group)
  if (!group.members.has(memberId)) throw notFound(memberId)
  leave(call.tenant, group, memberId)
  return noContent()
}

function addOwner(call: Call): GraphAnswer {
  const group = groupForChange(call)
  refuseClosedGroup(call.tenant, group)
  const id = existing(call.tenant, group, bodyOf(call)['@odata.id'])
  if (group.owners.has(id)) throw alreadyThere('owners')
  group.owners.add(id)
  return noContent()
}

function removeOwner(call: Call): GraphAnswer {
  const group = groupOf(call)
  const ownerId = (call.args['owner'] ?? '').toLowerCase()
  refuseClosedGroup(call.tenant, group)
  if (!group.owners.has(ownerId)) throw notFound(ownerId)
  // Graph, "Remove group owner": of a Microsoft 365 group or a security group alike.
  if (group.owners.size === 1) {
    throw badRequest('The group must have at least one owner, hence this owner cannot be removed.')
  }
  group.owners.delete(ownerId)
  memberChanged(call.tenant, group.id, { id: ownerId, removed: true })
  return noContent()
}

/** Links as bare strings: what Microsoft's OpenAPI description says of `…/$ref` collections. */
function references(call: Call, ids: Iterable<string>): GraphAnswer {
  const value = objectItems(call.tenant, ids).map(({ id }) => `${call.request.origin}/v1.0/directoryObjects/${id}`)
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'Collection($ref)'), value } }
}

const members = (call: Call) => objectItems(call.tenant, groupOf(call).members)
const onlyUsers = (call: Call) => members(call).filter(({ type }) => type === 'user')

export const memberRoutes: readonly Route[] = [
  ['GET', '/groups/{id}/members', (call) => listAnswer(call, () => members(call), OBJECTS)],
  ['GET', '/groups/{id}/members/$count', (call) => countAnswer(call, members(call), OBJECTS)],
  ['GET', '/groups/{id}/members/microsoft.graph.user', (call) => listAnswer(call, () => onlyUsers(call), USERS)],
  ['GET', '/groups/{id}/members/$ref', (call) => references(call, groupOf(call).members)],
  ['POST', '/groups/{id}/members/$ref', addMember],
  ['DELETE', '/groups/{id}/members/{member}/$ref', removeMember],
  [
    'GET',
    '/groups/{id}/transitiveMembers',
    (call) => listAnswer(call, objectItems(call.tenant, allMembersOf(call.tenant, groupOf(call))), OBJECTS),
  ],
  ['GET', '/groups/{id}/owners', (call) => listAnswer(call, objectItems(call.tenant, groupOf(call).owners), OBJECTS)],
  ['GET', '/groups/{id}/owners/$ref', (call) => references(call, groupOf(call).owners)],
  ['POST', '/groups/{id}/owners/$ref', addOwner],
  ['DELETE', '/groups/{id}/owners/{owner}/$ref', removeOwner],
  [
    'GET',
    '/groups/{id}/membersWithLicenseErrors',
    (call) => listAnswer(call, objectItems(call.tenant, licenceErrors(call.tenant, groupOf(call))), OBJECTS),
  ],
]
