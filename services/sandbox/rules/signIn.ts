import type { Tenant, UserRecord } from '../state.ts'
import { hashSecret } from './password.ts'
import { tapReason } from './taps.ts'

export interface Attempt {
  userPrincipalName: string
  password?: string
  temporaryAccessPass?: string
}

export interface SignIn {
  ok: boolean
  /** `signed-in`, or `unknown-user`, `disabled`, `wrong-password`, `no-pass`, or the pass's methodUsabilityReason. */
  reason: string
  mustChangePassword?: boolean
}

/** Would this person get in? A one-time pass is used up by trying. */
export function signIn(tenant: Tenant, attempt: Attempt): SignIn {
  const id = tenant.claims.get(`userPrincipalName:${attempt.userPrincipalName.toLowerCase()}`)
  const user = tenant.users.get(id ?? '')
  if (user === undefined) return { ok: false, reason: 'unknown-user' }
  if (user.props['accountEnabled'] !== true) return { ok: false, reason: 'disabled' }
  if (attempt.temporaryAccessPass !== undefined) return withPass(tenant, user, attempt.temporaryAccessPass)
  if (hashSecret(user.id, attempt.password ?? '') !== user.passwordHash) return { ok: false, reason: 'wrong-password' }
  return { ok: true, reason: 'signed-in', mustChangePassword: user.mustChangePassword === true }
}

function withPass(tenant: Tenant, user: UserRecord, pass: string): SignIn {
  const tap = user.taps.find(({ hash }) => hash === hashSecret(user.id, pass))
  if (tap === undefined) return { ok: false, reason: 'no-pass' }
  const reason = tapReason(tenant, tap)
  if (reason !== 'EnabledByPolicy') return { ok: false, reason }
  tap.usedAt = tenant.now()
  return { ok: true, reason: 'signed-in', mustChangePassword: false }
}
