import { notFound } from '../errors.ts'
import { noContent, type Call, type Json, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { findUser } from '../rules/find.ts'
import { APP_ROLE_ASSIGNMENT, GRANT } from '../schema/others.ts'
import { item, plainShape } from '../schema/shape.ts'

const grantShape = plainShape<Json & { id: string }>('oAuth2PermissionGrant', GRANT)
const assignmentShape = plainShape<Json & { id: string }>('appRoleAssignment', APP_ROLE_ASSIGNMENT)

const idOf = ({ tenant, args }: Call) => findUser(tenant, args['id'] ?? '').id

export const grantRoutes: readonly Route[] = [
  [
    'GET',
    '/users/{id}/oauth2PermissionGrants',
    (call) => {
      const id = idOf(call)
      const held = call.tenant.grants.filter(({ principalId }) => principalId === id)
      const items = held.map((grant) => item(grantShape, grant, call.tenant))
      return listAnswer(call, items, { context: 'oauth2PermissionGrants', target: grantShape })
    },
  ],
  [
    'DELETE',
    '/oauth2PermissionGrants/{id}',
    ({ tenant, args }) => {
      const left = tenant.grants.filter(({ id }) => id !== args['id'])
      if (left.length === tenant.grants.length) throw notFound(args['id'] ?? '')
      tenant.grants = left
      return noContent()
    },
  ],
  [
    'GET',
    '/users/{id}/appRoleAssignments',
    (call) => {
      const id = idOf(call)
      const held = call.tenant.appRoleAssignments.filter(({ principalId }) => principalId === id)
      const items = held.map((assignment) => item(assignmentShape, assignment, call.tenant))
      return listAnswer(call, items, { context: 'appRoleAssignments', target: assignmentShape })
    },
  ],
  [
    'DELETE',
    '/users/{id}/appRoleAssignments/{assignment}',
    (call) => {
      const { tenant, args } = call
      const id = idOf(call)
      const found = tenant.appRoleAssignments.find((one) => one.id === args['assignment'] && one.principalId === id)
      if (found === undefined) throw notFound(args['assignment'] ?? '')
      tenant.appRoleAssignments = tenant.appRoleAssignments.filter((one) => one !== found)
      return noContent()
    },
  ],
]
