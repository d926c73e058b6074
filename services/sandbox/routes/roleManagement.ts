import type { Call, Json, Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { ROLE_ASSIGNMENT, ROLE_DEFINITION } from '../schema/others.ts'
import { item, plainShape, type Item } from '../schema/shape.ts'
import { guid } from '../seed/guid.ts'
import type { Tenant } from '../state.ts'
import { oneOf } from './tenant.ts'

const assignmentShape = plainShape<Json & { id: string }>('unifiedRoleAssignment', ROLE_ASSIGNMENT)
const definitionShape = plainShape<Json & { id: string }>('unifiedRoleDefinition', ROLE_DEFINITION)

/** The same facts as directoryRoles, in the newer form: a definition's id is the role's template id. */
const assignments = (tenant: Tenant): Item[] =>
  [...tenant.roles.values()].flatMap(({ roleTemplateId, members }) =>
    [...members].map((principalId) =>
      item(
        assignmentShape,
        {
          id: guid(`roleAssignment:${roleTemplateId}:${principalId}`).replaceAll('-', ''),
          principalId,
          roleDefinitionId: roleTemplateId,
          directoryScopeId: '/',
        },
        tenant,
      ),
    ),
  )

const definitions = (tenant: Tenant): Item[] =>
  [...tenant.roles.values()].map(({ roleTemplateId, displayName, description }) =>
    item(
      definitionShape,
      {
        id: roleTemplateId,
        templateId: roleTemplateId,
        displayName,
        description,
        isBuiltIn: true,
        isEnabled: true,
        version: '1',
      },
      tenant,
    ),
  )

const empty = (context: string) => (call: Call) => listAnswer(call, [], { context })
const BASE = '/roleManagement/directory'

export const roleManagementRoutes: readonly Route[] = [
  [
    'GET',
    `${BASE}/roleAssignments`,
    (call) =>
      listAnswer(call, assignments(call.tenant), {
        context: 'roleManagement/directory/roleAssignments',
        target: assignmentShape,
      }),
  ],
  [
    'GET',
    `${BASE}/roleAssignments/{id}`,
    (call) => oneOf(call, assignments(call.tenant), 'roleManagement/directory/roleAssignments'),
  ],
  [
    'GET',
    `${BASE}/roleDefinitions`,
    (call) =>
      listAnswer(call, definitions(call.tenant), {
        context: 'roleManagement/directory/roleDefinitions',
        target: definitionShape,
      }),
  ],
  [
    'GET',
    `${BASE}/roleDefinitions/{id}`,
    (call) => oneOf(call, definitions(call.tenant), 'roleManagement/directory/roleDefinitions'),
  ],
  // Contoso has no Privileged Identity Management: nobody is eligible, nothing is scheduled.
  [
    'GET',
    `${BASE}/roleEligibilityScheduleInstances`,
    empty('roleManagement/directory/roleEligibilityScheduleInstances'),
  ],
  ['GET', `${BASE}/roleAssignmentScheduleInstances`, empty('roleManagement/directory/roleAssignmentScheduleInstances')],
]
