import { randomBytes, randomUUID } from 'node:crypto'
import { GraphFailure } from '../errors.ts'
import { contextOf, isJson, noContent, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { findUser } from '../rules/find.ts'
import { hashSecret } from '../rules/password.ts'
import type { Tap, Tenant } from '../state.ts'

const TYPE = '#microsoft.graph.temporaryAccessPassAuthenticationMethod'
const MINUTE = 60_000

const bad = (message: string) => new GraphFailure(400, 'badRequest', { message })
export const methodNotFound = () =>
  new GraphFailure(404, 'resourceNotFound', { message: 'The requested authentication method was not found.' })

export function tapReason(tenant: Tenant, tap: Tap): string {
  const now = tenant.now()
  if (!tenant.tapPolicy.enabled) return 'DisabledByPolicy'
  if (tap.once && tap.usedAt !== undefined) return 'OneTimeUsed'
  if (now < tap.startsAt) return 'NotYetValid'
  return now < tap.startsAt + tap.minutes * MINUTE ? 'EnabledByPolicy' : 'Expired'
}

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

function createTap(call: Call): GraphAnswer {
  const { tenant, args, request } = call
  const user = findUser(tenant, args['id'] ?? '')
  const policy = tenant.tapPolicy
  if (!policy.enabled) throw bad('UserCredentialPolicy does not allow the user to register TemporaryAccessPass.')
  const body = isJson(request.body) ? request.body : {}
  const minutes = Number(body['lifetimeInMinutes'] ?? policy.defaultLifetimeInMinutes)
  if (!(minutes >= policy.minimumLifetimeInMinutes && minutes <= policy.maximumLifetimeInMinutes)) {
    throw bad('The lifetimeInMinutes value is outside the bounds of the TemporaryAccessPass policy.')
  }
  const once = body['isUsableOnce'] === undefined ? policy.isUsableOnce : body['isUsableOnce'] === true
  if (policy.isUsableOnce && !once) throw bad('The TemporaryAccessPass policy allows one-time passes only.')
  const startsAt = body['startDateTime'] === undefined ? tenant.now() : Date.parse(String(body['startDateTime']))
  if (Number.isNaN(startsAt)) throw bad('The startDateTime value is not a date.')
  const value = randomBytes(24)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, policy.defaultLength)
  const tap: Tap = {
    id: randomUUID(),
    hash: hashSecret(user.id, value),
    createdAt: tenant.now(),
    startsAt,
    minutes,
    once,
  }
  // One pass a user: a new one takes the place of the old.
  user.taps = [tap]
  const context = contextOf(request, `users('${user.id}')/authentication/temporaryAccessPassMethods/$entity`)
  return { status: 201, body: { '@odata.context': context, ...tapJson(tenant, tap), temporaryAccessPass: value } }
}

function listTaps({ tenant, args, request }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  const context = contextOf(request, `users('${user.id}')/authentication/temporaryAccessPassMethods`)
  return { status: 200, body: { '@odata.context': context, value: user.taps.map((tap) => tapJson(tenant, tap)) } }
}

function tapOf({ tenant, args }: Call) {
  const user = findUser(tenant, args['id'] ?? '')
  const tap = user.taps.find(({ id }) => id === args['method'])
  if (tap === undefined) throw methodNotFound()
  return { user, tap }
}

function getTap(call: Call): GraphAnswer {
  const { user, tap } = tapOf(call)
  const context = contextOf(call.request, `users('${user.id}')/authentication/temporaryAccessPassMethods/$entity`)
  return { status: 200, body: { '@odata.context': context, ...tapJson(call.tenant, tap) } }
}

function deleteTap(call: Call): GraphAnswer {
  const { user, tap } = tapOf(call)
  user.taps = user.taps.filter((one) => one !== tap)
  return noContent()
}

function tapPolicy({ tenant, request }: Call): GraphAnswer {
  const { enabled, ...policy } = tenant.tapPolicy
  const context = contextOf(request, 'authenticationMethodConfigurations/$entity')
  return { status: 200, body: { '@odata.context': context, ...tapConfiguration({ enabled, policy }) } }
}

export const tapConfiguration = ({ enabled, policy }: { enabled: boolean; policy: Json }) => ({
  '@odata.type': `${TYPE}Configuration`,
  id: 'TemporaryAccessPass',
  state: enabled ? 'enabled' : 'disabled',
  ...policy,
  includeTargets: [{ targetType: 'group', id: 'all_users', isRegistrationRequired: false }],
})

const TAPS = '/users/{id}/authentication/temporaryAccessPassMethods'
const CONFIGURATION = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/TemporaryAccessPass'

export const tapRoutes: readonly Route[] = [
  ['GET', TAPS, listTaps],
  ['POST', TAPS, createTap],
  ['GET', `${TAPS}/{method}`, getTap],
  ['DELETE', `${TAPS}/{method}`, deleteTap],
  ['GET', CONFIGURATION, tapPolicy],
]
