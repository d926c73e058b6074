import { randomUUID } from 'node:crypto'
import { isJson, type Json } from '../http.ts'
import type { Tenant, UserRecord } from '../state.ts'
import { claim, refuseConflicts, release } from './claims.ts'
import { changed } from './journal.ts'
import { settleDynamicGroups } from './membership.ts'
import { hashSecret } from './password.ts'

/** Puts a new account into the tenant. The caller has checked the properties. @throws GraphFailure 400 ObjectConflict */
export function admitUser(tenant: Tenant, body: Json, options: { id?: string; delayMs: number }): UserRecord {
  const { passwordProfile, ...given } = body
  const now = new Date(tenant.now()).toISOString()
  const props: Json = {
    userType: 'Member',
    businessPhones: [],
    createdDateTime: now,
    signInSessionsValidFromDateTime: now,
    lastPasswordChangeDateTime: now,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !name.includes('@'))),
  }
  refuseConflicts(tenant, props)
  const id = options.id ?? randomUUID()
  const user: UserRecord = {
    id,
    props,
    direct: new Map(),
    inherited: [],
    passwordHash: '',
    methods: [],
    taps: [],
    mailbox: {},
    visibleAt: tenant.now() + options.delayMs,
  }
  setPassword(tenant, user, passwordProfile)
  tenant.users.set(id, user)
  claim(tenant, user)
  changed(tenant, 'users', { id, fields: Object.keys(props) })
  settleDynamicGroups(tenant, user)
  return user
}

/** @throws GraphFailure 400 ObjectConflict */
export function changeUser(tenant: Tenant, user: UserRecord, patch: Json): void {
  const { passwordProfile, ...rest } = patch
  const next = { ...user.props, ...rest }
  refuseConflicts(tenant, next, user.id)
  release(tenant, user)
  user.props = next
  claim(tenant, user)
  setPassword(tenant, user, passwordProfile)
  changed(tenant, 'users', { id: user.id, fields: Object.keys(rest) })
  settleDynamicGroups(tenant, user)
}

function setPassword(tenant: Tenant, user: UserRecord, profile: unknown): void {
  if (!isJson(profile) || typeof profile['password'] !== 'string') return
  user.passwordHash = hashSecret(user.id, profile['password'])
  user.mustChangePassword = profile['forceChangePasswordNextSignIn'] !== false
  user.props['lastPasswordChangeDateTime'] = new Date(tenant.now()).toISOString()
}
