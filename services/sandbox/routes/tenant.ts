import { notFound } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { project, projectionOf } from '../query/project.ts'
import { DOMAIN, ORGANIZATION, SKU } from '../schema/others.ts'
import { item, plainShape, type Item } from '../schema/shape.ts'
import type { SkuRecord, Tenant } from '../state.ts'

const domainShape = plainShape<Json & { id: string }>('domain', DOMAIN)
const organizationShape = plainShape<Json & { id: string }>('organization', ORGANIZATION)
const skuShape = plainShape<Json & { id: string }>('subscribedSku', SKU)

const domains = (tenant: Tenant) => tenant.domains.map((domain) => item(domainShape, domain, tenant))
const organizations = (tenant: Tenant) => [item(organizationShape, tenant.organization, tenant)]
const skus = (tenant: Tenant) => tenant.skus.map((sku) => item(skuShape, skuJson(tenant, sku), tenant))

const skuJson = (tenant: Tenant, sku: SkuRecord): Json & { id: string } => ({
  id: sku.id,
  accountId: tenant.id,
  accountName: 'contoso',
  appliesTo: 'User',
  capabilityStatus: sku.capabilityStatus,
  consumedUnits: sku.holders.size,
  prepaidUnits: { enabled: sku.enabled, suspended: sku.suspended, warning: 0, lockedOut: 0 },
  servicePlans: sku.plans.map((plan) => ({ ...plan, appliesTo: 'User', provisioningStatus: 'Success' })),
  skuId: sku.skuId,
  skuPartNumber: sku.skuPartNumber,
  subscriptionIds: [],
})

/** One entity out of a small list, by id. @throws GraphFailure 404 */
export function oneOf(call: Call, items: Item[], context: string): GraphAnswer {
  const id = call.args['id'] ?? ''
  const found = items.find((one) => one.id.toLowerCase() === id.toLowerCase())
  if (found === undefined) throw notFound(id)
  const body = project(found, projectionOf(call.request.query))
  return { status: 200, body: { '@odata.context': contextOf(call.request, `${context}/$entity`), ...body } }
}

const plain = (context: string, target: typeof domainShape) => ({ context, target })

export const tenantRoutes: readonly Route[] = [
  ['GET', '/domains', (call) => listAnswer(call, domains(call.tenant), plain('domains', domainShape))],
  ['GET', '/domains/{id}', (call) => oneOf(call, domains(call.tenant), 'domains')],
  [
    'GET',
    '/organization',
    (call) => listAnswer(call, organizations(call.tenant), plain('organization', organizationShape)),
  ],
  ['GET', '/organization/{id}', (call) => oneOf(call, organizations(call.tenant), 'organization')],
  ['GET', '/subscribedSkus', (call) => listAnswer(call, skus(call.tenant), plain('subscribedSkus', skuShape))],
  ['GET', '/subscribedSkus/{id}', (call) => oneOf(call, skus(call.tenant), 'subscribedSkus')],
]
