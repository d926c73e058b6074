import { randomUUID } from 'node:crypto'
import type { GraphRequest, Json } from '../http.ts'
import type { Tenant } from '../state.ts'

const KEPT = 5000

const OPERATION = { POST: 'Add', PATCH: 'Update', PUT: 'Assign', DELETE: 'Delete' } as const

/** Leaves the entry by which Microsoft's audit log can be matched with ours: its correlationId is our client-request-id. */
export function audit(tenant: Tenant, request: GraphRequest): void {
  const operationType = OPERATION[request.method as keyof typeof OPERATION]
  const [collection = '', id] = request.segments
  const target: Json = { id: id ?? null, type: TYPES[collection.toLowerCase()] ?? 'Other', modifiedProperties: [] }
  tenant.audits.push({
    id: `Directory_${request.requestId}_${randomUUID().slice(0, 5)}`,
    activityDateTime: new Date(tenant.now()).toISOString(),
    activityDisplayName: `${operationType} ${request.segments.filter((part) => !/[0-9-]{8}|@/.test(part)).join('/')}`,
    category: CATEGORIES[collection.toLowerCase()] ?? 'DirectoryManagement',
    correlationId: request.clientRequestId,
    initiatedBy: { app: { displayName: 'Latchkey', appId: null, servicePrincipalId: null }, user: null },
    loggedByService: 'Core Directory',
    operationType,
    result: 'success',
    resultReason: '',
    targetResources: [target],
    additionalDetails: [],
  })
  if (tenant.audits.length > 2 * KEPT) tenant.audits.splice(0, KEPT)
}

const TYPES: Record<string, string> = { users: 'User', groups: 'Group', devices: 'Device', directoryroles: 'Role' }
const CATEGORIES: Record<string, string> = {
  users: 'UserManagement',
  groups: 'GroupManagement',
  devices: 'Device',
  directoryroles: 'RoleManagement',
}
