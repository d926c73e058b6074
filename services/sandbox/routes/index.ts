import type { Route } from '../http.ts'
import { groupRoutes } from './groups.ts'
import { licenceRoutes } from './licences.ts'
import { managerRoutes } from './managers.ts'
import { memberRoutes } from './members.ts'
import { roleRoutes } from './roles.ts'
import { tapRoutes } from './taps.ts'
import { tenantRoutes } from './tenant.ts'
import { userRoutes } from './users.ts'

/** The sandbox's table of contents. */
export const routes: readonly Route[] = [
  ...userRoutes,
  ...managerRoutes,
  ...licenceRoutes,
  ...groupRoutes,
  ...memberRoutes,
  ...roleRoutes,
  ...tapRoutes,
  ...tenantRoutes,
]
