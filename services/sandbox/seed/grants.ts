import type { Tenant } from '../state.ts'
import { guid } from './guid.ts'
import { ids } from './ids.ts'

const app = guid('servicePrincipal:expenses')
const graph = guid('servicePrincipal:graph')

/** What Adele has allowed an application to do in her name, and the application that was assigned to her. */
export function seedGrants(tenant: Tenant): void {
  tenant.grants.push({
    id: guid('grant:adele').replaceAll('-', ''),
    clientId: app,
    consentType: 'Principal',
    principalId: ids.users.adele,
    resourceId: graph,
    scope: 'User.Read Calendars.Read',
  })
  tenant.appRoleAssignments.push({
    id: guid('appRoleAssignment:adele').replaceAll('-', ''),
    appRoleId: '00000000-0000-0000-0000-000000000000',
    createdDateTime: '2024-04-02T08:00:00Z',
    principalDisplayName: 'Adele Vance',
    principalId: ids.users.adele,
    principalType: 'User',
    resourceDisplayName: 'Expenses',
    resourceId: app,
  })
}
