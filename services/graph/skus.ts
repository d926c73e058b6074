import type { Call } from './call.ts'

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
