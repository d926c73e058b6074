import { badRequest, denied, invalidValue } from '../errors.ts'
import { isJson, type Json } from '../http.ts'
import { APP_CANNOT_UPDATE, CREATE_ONLY, USER } from '../schema/user.ts'
import type { Tenant } from '../state.ts'
import { checkPassword } from './password.ts'

const LONGEST: Record<string, number> = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  jobTitle: 128,
  department: 64,
  companyName: 64,
  employeeId: 16,
  mailNickname: 64,
  mobilePhone: 64,
  officeLocation: 128,
}
const NOT_NULL = [
  'displayName',
  'userPrincipalName',
  'mailNickname',
  'accountEnabled',
  'usageLocation',
  'passwordProfile',
]
const NICKNAME = /^[\x21-\x7e]+$/
const NICKNAME_FORBIDDEN = /[@()\\[\]";:<>,]/
const COUNTRY = /^[A-Z]{2}$/

/** Checks each property by itself. @throws GraphFailure 400, or 403 for what an app may not change */
export function checkUserProps(tenant: Tenant, body: Json, mode: 'create' | 'update'): void {
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@')) continue
    const property = USER.get(name)
    if (property === undefined || name === 'id') throw badRequest(`Invalid property '${name}'.`)
    // "proxyAddresses" is writable nowhere: Exchange owns it.
    if (property.readOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`)
    if (mode === 'update' && APP_CANNOT_UPDATE.includes(name)) throw denied()
    if (mode === 'update' && CREATE_ONLY.includes(name)) throw badRequest(`Property '${name}' cannot be updated.`)
    if (!isOfKind(value, property.kind)) throw invalidValue(name)
    // An empty text is nowhere a value: null is what clears.
    if (value === '' || (value === null && NOT_NULL.includes(name))) throw invalidValue(name)
    if (typeof value === 'string' && value.length > (LONGEST[name] ?? 1024)) throw invalidValue(name)
    checkRule(tenant, name, value)
  }
}

function checkRule(tenant: Tenant, name: string, value: unknown): void {
  switch (name) {
    case 'usageLocation':
      if (!COUNTRY.test(String(value))) throw invalidValue(name)
      return
    case 'mailNickname':
      if (!NICKNAME.test(String(value)) || NICKNAME_FORBIDDEN.test(String(value))) throw invalidValue(name)
      return
    case 'userPrincipalName':
      return checkUserPrincipalName(tenant, String(value))
    case 'passwordProfile':
      if (isJson(value) && value['password'] !== undefined) checkPassword(value['password'])
      return
    case 'userType':
      if (value !== null && value !== 'Member' && value !== 'Guest') throw invalidValue(name)
      return
    case 'businessPhones':
      // A collection by its type, yet only one number can be set.
      if (Array.isArray(value) && value.length > 1) throw invalidValue(name)
      return
    case 'otherMails':
      if (Array.isArray(value) && value.some((mail) => !/^[^@\s]+@[^@\s]+$/.test(String(mail))))
        throw invalidValue(name)
      return
  }
}

function isOfKind(value: unknown, kind: string): boolean {
  if (value === null) return true
  switch (kind) {
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'strings':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
    case 'objects':
      return Array.isArray(value)
    default:
      return isJson(value)
  }
}

/** Characters, lengths and domain of a user principal name (Microsoft Entra username policy). */
function checkUserPrincipalName(tenant: Tenant, name: string): void {
  const [local = '', domain = '', ...rest] = name.split('@')
  const wellFormed = /^[A-Za-z0-9'._!#^~-]+$/.test(local) && !local.endsWith('.') && rest.length === 0
  if (!wellFormed || local.length > 64 || domain.length > 48) throw invalidValue('userPrincipalName')
  if (domainOf(tenant, name)?.isVerified !== true) {
    throw badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    )
  }
}

export const domainOf = (tenant: Tenant, name: unknown) =>
  tenant.domains.find(({ id }) => id === String(name).split('@').at(1)?.toLowerCase())

export const isFederated = (tenant: Tenant, name: unknown) => domainOf(tenant, name)?.authenticationType === 'Federated'

const REQUIRED = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName']

/** @throws GraphFailure 400 naming the first property that a creation lacks */
export function checkRequired(tenant: Tenant, body: Json): void {
  const profile = body['passwordProfile']
  if (!isJson(profile) || profile['password'] === undefined) {
    throw badRequest('A password must be specified to create a new user.')
  }
  const missing = REQUIRED.find((name) => body[name] === undefined || body[name] === null)
  if (missing !== undefined) throw badRequest(`A value is required for property '${missing}' of resource 'User'.`)
  if (isFederated(tenant, body['userPrincipalName']) && typeof body['onPremisesImmutableId'] !== 'string') {
    throw badRequest("A value is required for property 'onPremisesImmutableId' of resource 'User'.")
  }
}
