import type { Route } from '../http.ts'
import { auditRoutes } from './audits.ts'
import { deletedItemRoutes } from './deletedItems.ts'
import { deltaRoutes } from './delta.ts'
import { deviceRoutes } from './devices.ts'
import { grantRoutes } from './grants.ts'
import { groupRoutes } from './groups.ts'
import { licenceRoutes } from './licences.ts'
import { mailRoutes } from './mail.ts'
import { managerRoutes } from './managers.ts'
import { memberRoutes } from './members.ts'
import { membershipRoutes } from './memberships.ts'
import { methodRoutes } from './methods.ts'
import { objectRoutes } from './objects.ts'
import { policyRoutes } from './policies.ts'
import { roleManagementRoutes } from './roleManagement.ts'
import { roleRoutes } from './roles.ts'
import { sessionRoutes } from './sessions.ts'
import { tapRoutes } from './taps.ts'
import { tenantRoutes } from './tenant.ts'
import { userRoutes } from './users.ts'

/** The sandbox's table of contents. */
export const routes: readonly Route[] = [
  ...userRoutes,
  ...managerRoutes,
  ...membershipRoutes,
  ...licenceRoutes,
  ...sessionRoutes,
  ...mailRoutes,
  ...tapRoutes,
  ...methodRoutes,
  ...groupRoutes,
  ...memberRoutes,
  ...deltaRoutes,
  ...roleRoutes,
  ...roleManagementRoutes,
  ...deletedItemRoutes,
  ...objectRoutes,
  ...deviceRoutes,
  ...grantRoutes,
  ...tenantRoutes,
  ...policyRoutes,
  ...auditRoutes,
]
