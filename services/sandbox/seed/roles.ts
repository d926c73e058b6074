import type { RoleRecord } from '../state.ts'
import { ids } from './ids.ts'

const role = (
  [key, displayName, roleTemplateId]: readonly [keyof typeof ids.roles, string, string],
  members: string[],
): RoleRecord => ({
  id: ids.roles[key],
  displayName,
  description: `Holders have the permissions of ${displayName}.`,
  roleTemplateId,
  members: new Set(members),
})

/** The activated directory roles and who holds them. Template ids are Microsoft's. */
export const seedRoles = (): RoleRecord[] => [
  role(
    ['globalAdministrator', 'Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
    [ids.users.admin, ids.users.breakGlass],
  ),
  role(['userAdministrator', 'User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1'], [ids.users.userAdmin]),
  role(['helpdeskAdministrator', 'Helpdesk Administrator', '729827e3-9c14-49f7-bb1b-9608f156bbb8'], [ids.users.isaiah]),
  role(
    [
      'privilegedAuthenticationAdministrator',
      'Privileged Authentication Administrator',
      '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    ],
    [ids.users.allan],
  ),
  role(['authenticationAdministrator', 'Authentication Administrator', 'c4e39bd9-1100-46d3-8c65-fb160da0071f'], []),
  role(['groupsAdministrator', 'Groups Administrator', 'fdd7a751-b60b-444a-984c-02652fe8fa1c'], [ids.groups.tier0]),
  role(['directoryReaders', 'Directory Readers', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'], [ids.users.diego]),
]
