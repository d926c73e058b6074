import { contextOf, noContent, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { denied } from '../errors.ts'
import { findUser } from '../rules/find.ts'
import { tapJson } from '../rules/taps.ts'
import { passwordMethod } from '../seed/authentication.ts'
import type { AuthMethod, Tenant, UserRecord } from '../state.ts'
import { methodNotFound } from './taps.ts'

/** Path segment → entity type, for the kinds that can be listed and deleted one by one. */
const KINDS = {
  phoneMethods: 'phoneAuthenticationMethod',
  microsoftAuthenticatorMethods: 'microsoftAuthenticatorAuthenticationMethod',
  fido2Methods: 'fido2AuthenticationMethod',
  emailMethods: 'emailAuthenticationMethod',
  softwareOathMethods: 'softwareOathAuthenticationMethod',
  windowsHelloForBusinessMethods: 'windowsHelloForBusinessAuthenticationMethod',
  platformCredentialMethods: 'platformCredentialAuthenticationMethod',
} as const

type Kind = keyof typeof KINDS

const typeOf = (kind: Kind) => `#microsoft.graph.${KINDS[kind]}`

function allMethods(tenant: Tenant, user: UserRecord): AuthMethod[] {
  const taps = user.taps.map((tap) => ({
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
    ...tapJson(tenant, tap),
  }))
  return [passwordMethod(), ...user.methods, ...taps]
}

const untyped = ({ '@odata.type': _type, ...method }: AuthMethod): Json => method

function listMethods({ tenant, args, request }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  const context = contextOf(request, `users('${user.id}')/authentication/methods`)
  return { status: 200, body: { '@odata.context': context, value: allMethods(tenant, user) } }
}

function getMethod({ tenant, args, request }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  const method = allMethods(tenant, user).find(({ id }) => id === args['method'])
  if (method === undefined) throw methodNotFound()
  const context = contextOf(request, `users('${user.id}')/authentication/methods/$entity`)
  return { status: 200, body: { '@odata.context': context, ...method } }
}

function routesOf(kind: Kind): Route[] {
  const path = `/users/{id}/authentication/${kind}`
  function one({ tenant, args }: Call) {
    const user = findUser(tenant, args['id'] ?? '')
    const method = user.methods.find((each) => each.id === args['method'] && each['@odata.type'] === typeOf(kind))
    if (method === undefined) throw methodNotFound()
    return { user, method }
  }
  return [
    [
      'GET',
      path,
      ({ tenant, args, request }) => {
        const user = findUser(tenant, args['id'] ?? '')
        const value = user.methods.filter((each) => each['@odata.type'] === typeOf(kind)).map(untyped)
        return {
          status: 200,
          body: { '@odata.context': contextOf(request, `users('${user.id}')/authentication/${kind}`), value },
        }
      },
    ],
    [
      'GET',
      `${path}/{method}`,
      (call) => {
        const context = contextOf(call.request, `users('${call.args['id'] ?? ''}')/authentication/${kind}/$entity`)
        return { status: 200, body: { '@odata.context': context, ...untyped(one(call).method) } }
      },
    ],
    [
      'DELETE',
      `${path}/{method}`,
      (call) => {
        const { user, method } = one(call)
        user.methods = user.methods.filter((each) => each !== method)
        return noContent()
      },
    ],
  ]
}

export const methodRoutes: readonly Route[] = [
  ['GET', '/users/{id}/authentication/methods', listMethods],
  ['GET', '/users/{id}/authentication/methods/{method}', getMethod],
  [
    'POST',
    '/users/{id}/authentication/methods/{method}/resetPassword',
    () => {
      // Delegated permissions only: an app resets a password with PATCH passwordProfile.
      throw denied()
    },
  ],
  ...(Object.keys(KINDS) as Kind[]).flatMap(routesOf),
]
