import { randomBytes, randomUUID } from 'node:crypto'
import { GraphFailure } from '../errors.ts'
import { contextOf, isJson, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { findUser } from '../rules/find.ts'
import { hashSecret } from '../rules/password.ts'
import { tapJson } from '../rules/taps.ts'
import type { Tap } from '../state.ts'

const bad = (message: string) => new GraphFailure(400, 'badRequest', { message })
export const methodNotFound = () =>
  new GraphFailure(404, 'resourceNotFound', { message: 'The requested authentication method was not found.' })

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
  const now = tenant.now()
  const start = body['startDateTime'] ?? new Date(now).toISOString()
  const startsAt = typeof start === 'string' ? Date.parse(start) : NaN
  if (Number.isNaN(startsAt)) throw bad('The startDateTime value is not a date.')
  const value = randomBytes(24)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, policy.defaultLength)
  const tap: Tap = {
    id: randomUUID(),
    hash: hashSecret(user.id, value),
    createdAt: now,
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

const TAPS = '/users/{id}/authentication/temporaryAccessPassMethods'

export const tapRoutes: readonly Route[] = [
  ['GET', TAPS, listTaps],
  ['POST', TAPS, createTap],
  ['GET', `${TAPS}/{method}`, getTap],
  ['DELETE', `${TAPS}/{method}`, deleteTap],
]
