import type { Call } from './call.ts'
import { all } from './pages.ts'
import { path } from './path.ts'
import { PRODUCT_NAMES } from './productNames.ts'
import type { Transport } from './transport.ts'

export interface Sku {
  skuId: string
  skuPartNumber: string
  /** The name people know, e.g. `Microsoft 365 E3`; the part number where we know none. */
  name: string
  /** Seats bought and usable; seats in the grace period after expiry are not in here but count as left. */
  enabled: number
  consumed: number
  seatsLeft: number
  suspended: boolean
  assignableToUsers: boolean
}

export interface Skus {
  /** The tenant's subscriptions, suspended ones too. */
  list(call?: Call): Promise<Sku[]>
}

interface SubscribedSku {
  skuId: string
  skuPartNumber: string
  capabilityStatus: string | null
  appliesTo: string | null
  consumedUnits: number | null
  prepaidUnits: { enabled?: number | null; warning?: number | null } | null
}

const query = { $select: 'skuId,skuPartNumber,capabilityStatus,appliesTo,consumedUnits,prepaidUnits' }

export function createSkus(transport: Transport): Skus {
  return {
    list: async (call) =>
      (await all<SubscribedSku>(transport, { path: path`/subscribedSkus`, query, call })).map(toSku),
  }
}

function toSku(sku: SubscribedSku): Sku {
  const enabled = sku.prepaidUnits?.enabled ?? 0
  const consumed = sku.consumedUnits ?? 0
  return {
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    name: PRODUCT_NAMES[sku.skuPartNumber] ?? sku.skuPartNumber,
    enabled,
    consumed,
    seatsLeft: Math.max(0, enabled + (sku.prepaidUnits?.warning ?? 0) - consumed),
    suspended: ['Suspended', 'LockedOut', 'Deleted'].includes(sku.capabilityStatus ?? ''),
    assignableToUsers: sku.appliesTo === 'User',
  }
}
