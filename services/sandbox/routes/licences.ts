import { badRequest } from '../errors.ts'
import { contextOf, isJson, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { project } from '../query/project.ts'
import { findGroup, findUser } from '../rules/find.ts'
import { changed } from '../rules/journal.ts'
import { checkDirect, findSku, heldLicences, settleLicences } from '../rules/licensing.ts'
import { groupItem } from '../schema/shapes.ts'
import { LICENSE_DETAILS } from '../schema/others.ts'
import { item, plainShape } from '../schema/shape.ts'
import type { SkuRecord, Tenant, UserRecord } from '../state.ts'
import { bodyOf } from './body.ts'
import { oneUser } from './users.ts'

interface LicenceChange {
  add: { skuId: string; disabledPlans: string[] }[]
  remove: string[]
}

/** @throws GraphFailure 400 when one of the two lists is missing: both are required, either may be empty */
function changeOf(body: Json): LicenceChange {
  const { addLicenses, removeLicenses } = body
  if (!Array.isArray(addLicenses) || !Array.isArray(removeLicenses)) {
    throw badRequest(
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: addLicenses, removeLicenses.",
    )
  }
  const add = addLicenses.filter(isJson).map(({ skuId, disabledPlans }) => ({
    skuId: String(skuId).toLowerCase(),
    disabledPlans: Array.isArray(disabledPlans) ? disabledPlans.map(String) : [],
  }))
  return { add, remove: removeLicenses.map((skuId) => String(skuId).toLowerCase()) }
}

function assignToUser(call: Call): GraphAnswer {
  const { tenant, args } = call
  const user = findUser(tenant, args['id'] ?? '')
  const { add, remove } = changeOf(bodyOf(call))
  for (const skuId of remove) checkRemoval(user, findSku(tenant, skuId))
  if (add.length > 0 && typeof user.props['usageLocation'] !== 'string') {
    throw badRequest('License assignment cannot be done for user with invalid usage location.')
  }
  for (const one of add) checkDirect(tenant, user, one)
  for (const skuId of remove) user.direct.delete(skuId)
  const at = new Date(tenant.now()).toISOString()
  for (const { skuId, disabledPlans } of add) user.direct.set(skuId, { disabledPlans, at })
  settleLicences(tenant, user)
  return oneUser(call, user, { status: 200 })
}

function checkRemoval(user: UserRecord, sku: SkuRecord): void {
  if (user.direct.has(sku.skuId)) return
  if (user.inherited.some(({ skuId }) => skuId === sku.skuId)) {
    throw badRequest(
      'User license is inherited from a group membership and it cannot be removed directly from the user.',
    )
  }
  throw badRequest('User does not have a corresponding license.')
}

function assignToGroup(call: Call): GraphAnswer {
  const { tenant, args } = call
  const group = findGroup(tenant, args['id'] ?? '')
  const { add, remove } = changeOf(bodyOf(call))
  for (const { skuId } of add) findSku(tenant, skuId)
  for (const skuId of remove) group.licences.delete(skuId)
  for (const { skuId, disabledPlans } of add) group.licences.set(skuId, disabledPlans)
  for (const user of [...group.members].flatMap((id) => tenant.users.get(id) ?? [])) settleLicences(tenant, user)
  changed(tenant, 'groups', { id: group.id, fields: ['assignedLicenses'] })
  const context = contextOf(call.request, 'groups/$entity')
  return {
    status: 202,
    body: { '@odata.context': context, ...project(groupItem(tenant, group), { select: undefined, expand: [] }) },
  }
}

/** Tries the inherited licences that failed once more. */
function reprocess(call: Call): GraphAnswer {
  const user = findUser(call.tenant, call.args['id'] ?? '')
  user.inherited = user.inherited.filter(({ error }) => error === 'None')
  settleLicences(call.tenant, user)
  return oneUser(call, user, { status: 200 })
}

const detailShape = plainShape<Json & { id: string }>('licenseDetails', LICENSE_DETAILS)

const details = (tenant: Tenant, user: UserRecord) =>
  [...heldLicences(user)].map(([skuId, disabled]) => {
    const sku = findSku(tenant, skuId)
    const servicePlans = sku.plans.map((plan) => ({
      ...plan,
      appliesTo: 'User',
      provisioningStatus: disabled.includes(plan.servicePlanId) ? 'Disabled' : 'Success',
    }))
    return item(
      detailShape,
      { id: `${user.id}_${skuId}`, skuId, skuPartNumber: sku.skuPartNumber, servicePlans },
      tenant,
    )
  })

export const licenceRoutes: readonly Route[] = [
  ['POST', '/users/{id}/assignLicense', assignToUser],
  ['POST', '/users/{id}/reprocessLicenseAssignment', reprocess],
  ['POST', '/groups/{id}/assignLicense', assignToGroup],
  [
    'GET',
    '/users/{id}/licenseDetails',
    (call) =>
      listAnswer(call, details(call.tenant, findUser(call.tenant, call.args['id'] ?? '')), {
        target: detailShape,
        context: 'licenseDetails',
      }),
  ],
]
