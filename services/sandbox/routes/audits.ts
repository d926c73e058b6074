import type { Json, Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { AUDIT } from '../schema/others.ts'
import { item, plainShape } from '../schema/shape.ts'
import type { Tenant } from '../state.ts'
import { oneOf } from './tenant.ts'

const auditShape = plainShape<Json & { id: string }>('directoryAudit', AUDIT)

/** Latest first, as Microsoft lists them. */
const audits = (tenant: Tenant) => [...tenant.audits].reverse().map((entry) => item(auditShape, entry, tenant))

export const auditRoutes: readonly Route[] = [
  [
    'GET',
    '/auditLogs/directoryAudits',
    (call) =>
      listAnswer(call, audits(call.tenant), { context: 'auditLogs/directoryAudits', target: auditShape, maxTop: 1000 }),
  ],
  ['GET', '/auditLogs/directoryAudits/{id}', (call) => oneOf(call, audits(call.tenant), 'auditLogs/directoryAudits')],
]
