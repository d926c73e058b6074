import { badRequest } from '../errors.ts'
import type { SkuRecord, Tenant, UserRecord } from '../state.ts'
import { changed } from './journal.ts'
import { claim } from './claims.ts'

const LICENCE_FIELDS = ['assignedLicenses', 'assignedPlans', 'licenseAssignmentStates']
const EXCHANGE_PLANS = ['EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_STANDARD']

export const seatsLeft = (sku: SkuRecord) => sku.enabled - sku.holders.size

/** The effective licence per SKU: direct first, else what a group hands down without an error. */
export function heldLicences(user: UserRecord): Map<string, string[]> {
  const held = new Map<string, string[]>()
  for (const one of user.inherited) if (one.error === 'None') held.set(one.skuId, one.disabledPlans)
  for (const [skuId, { disabledPlans }] of user.direct) held.set(skuId, disabledPlans)
  return held
}

export function findSku(tenant: Tenant, skuId: string): SkuRecord {
  const sku = tenant.skus.find((one) => one.skuId === skuId.toLowerCase())
  if (sku === undefined) throw badRequest(`License ${skuId} does not correspond to a valid company License.`)
  return sku
}

/** Gives a directly assigned licence. @throws GraphFailure 400 without a seat or with a plan that isn't in the SKU */
export function checkDirect(tenant: Tenant, user: UserRecord, add: { skuId: string; disabledPlans: string[] }): void {
  const sku = findSku(tenant, add.skuId)
  const unknownPlan = add.disabledPlans.find((plan) => sku.plans.every(({ servicePlanId }) => servicePlanId !== plan))
  if (unknownPlan !== undefined) throw badRequest(`Service plan ${unknownPlan} is not part of license ${sku.skuId}.`)
  if (!sku.holders.has(user.id) && seatsLeft(sku) < 1) {
    throw badRequest(`Subscription with SKU ${sku.skuId} does not have any available licenses.`)
  }
}

/**
 * Brings a user's inherited licences in line with the licensed groups they are in, and the seats with the licences.
 * Call it after every change of either.
 */
export function settleLicences(tenant: Tenant, user: UserRecord): void {
  const wanted = [...tenant.groups.values()].filter(
    ({ licences, members }) => licences.size > 0 && members.has(user.id),
  )
  const before = new Map(user.inherited.map((one) => [`${one.groupId}:${one.skuId}`, one]))
  user.inherited = user.inherited.filter(({ groupId, skuId }) =>
    wanted.some((group) => group.id === groupId && group.licences.has(skuId)),
  )
  settleSeats(tenant, user)
  for (const group of wanted) {
    for (const [skuId, disabledPlans] of group.licences) {
      if (before.has(`${group.id}:${skuId}`)) continue
      const at = new Date(tenant.now()).toISOString()
      user.inherited.push({ groupId: group.id, skuId, disabledPlans, at, error: groupError(tenant, user, skuId) })
      settleSeats(tenant, user)
    }
  }
  giveMailbox(tenant, user)
  changed(tenant, 'users', { id: user.id, fields: LICENCE_FIELDS })
}

function groupError(tenant: Tenant, user: UserRecord, skuId: string): string {
  const sku = findSku(tenant, skuId)
  if (typeof user.props['usageLocation'] !== 'string') return 'ProhibitedInUsageLocationViolation'
  return sku.holders.has(user.id) || seatsLeft(sku) > 0 ? 'None' : 'CountViolation'
}

function settleSeats(tenant: Tenant, user: UserRecord): void {
  const held = user.deletedAt === undefined ? heldLicences(user) : new Map<string, string[]>()
  for (const sku of tenant.skus) {
    if (held.has(sku.skuId)) sku.holders.add(user.id)
    else sku.holders.delete(user.id)
  }
}

/** A licence with Exchange Online in it brings the mailbox, and with it the address. */
function giveMailbox(tenant: Tenant, user: UserRecord): void {
  if (!hasMailbox(tenant, user) || typeof user.props['userPrincipalName'] !== 'string') return
  const address = user.props['userPrincipalName']
  user.props['mail'] ??= address
  user.props['proxyAddresses'] ??= [`SMTP:${user.props['mail'] as string}`]
  claim(tenant, user)
}

export function hasMailbox(tenant: Tenant, user: UserRecord): boolean {
  return [...heldLicences(user)].some(([skuId, disabled]) =>
    findSku(tenant, skuId).plans.some(
      ({ servicePlanId, servicePlanName }) =>
        EXCHANGE_PLANS.includes(servicePlanName) && !disabled.includes(servicePlanId),
    ),
  )
}
