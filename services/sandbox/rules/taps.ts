import type { Json } from '../http.ts'
import type { Tap, Tenant } from '../state.ts'

const MINUTE = 60_000

/** The pass's methodUsabilityReason; only `EnabledByPolicy` lets anybody in. */
export function tapReason(tenant: Tenant, tap: Tap): string {
  const now = tenant.now()
  if (!tenant.tapPolicy.enabled) return 'DisabledByPolicy'
  if (tap.once && tap.usedAt !== undefined) return 'OneTimeUsed'
  if (now < tap.startsAt) return 'NotYetValid'
  return now < tap.startsAt + tap.minutes * MINUTE ? 'EnabledByPolicy' : 'Expired'
}

/** A pass as Graph shows it: its value is null in every answer but the one to its creation. */
export function tapJson(tenant: Tenant, tap: Tap): Json & { id: string } {
  const reason = tapReason(tenant, tap)
  return {
    id: tap.id,
    isUsable: reason === 'EnabledByPolicy',
    isUsableOnce: tap.once,
    lifetimeInMinutes: tap.minutes,
    methodUsabilityReason: reason,
    startDateTime: new Date(tap.startsAt).toISOString(),
    createdDateTime: new Date(tap.createdAt).toISOString(),
    temporaryAccessPass: null,
  }
}
