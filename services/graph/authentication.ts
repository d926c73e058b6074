import type { Call } from './call.ts'
import { kindOf, methodPath, type AuthenticationMethod, type RemovableMethod } from './methodKinds.ts'
import { all } from './pages.ts'
import { path } from './path.ts'
import { unlessMissing } from './relations.ts'
import type { Transport } from './transport.ts'

export interface TapPolicy {
  enabled: boolean
  minMinutes: number
  maxMinutes: number
  defaultMinutes: number
  /** True: every pass is for one sign-in, whatever is asked. */
  oneTimeOnly: boolean
}

export interface TapOptions {
  minutes: number
  once: boolean
  startsAt?: Date
}

export interface NewTap {
  id: string
  /** The secret. Graph shows it this once. */
  pass: string
  startsAt: Date
  minutes: number
}

export interface Tap {
  id: string
  isUsable: boolean
  /** EnabledByPolicy, DisabledByPolicy, Expired, NotYetValid, OneTimeUsed. */
  reason?: string
  isUsableOnce?: boolean
  minutes?: number
  startsAt?: Date
  createdAt?: Date
}

export interface Authentication {
  tapPolicy(call?: Call): Promise<TapPolicy>
  /** Replaces a usable pass that the user has: there is one at a time. */
  createTap(userId: string, options: TapOptions, call?: Call): Promise<NewTap>
  taps(userId: string, call?: Call): Promise<Tap[]>
  /** A pass that is gone already is not an error; the same holds for methods. */
  removeTap(userId: string, tapId: string, call?: Call): Promise<void>
  methods(userId: string, call?: Call): Promise<AuthenticationMethod[]>
  removeMethod(userId: string, method: RemovableMethod, call?: Call): Promise<void>
}

interface TapConfiguration {
  state: string
  minimumLifetimeInMinutes: number
  maximumLifetimeInMinutes: number
  defaultLifetimeInMinutes: number
  isUsableOnce: boolean
}

interface TapBody {
  id: string
  temporaryAccessPass: string
  startDateTime: string
  lifetimeInMinutes: number
  createdDateTime?: string | null
  isUsable?: boolean | null
  isUsableOnce?: boolean
  methodUsabilityReason?: string
}

const TAP_CONFIGURATION = path`/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/${'TemporaryAccessPass'}`

export function createAuthentication(transport: Transport): Authentication {
  const { send } = transport
  return {
    tapPolicy: async (call) => {
      const policy = await send<TapConfiguration>({ method: 'GET', path: TAP_CONFIGURATION, call })
      return {
        enabled: policy.state === 'enabled',
        minMinutes: policy.minimumLifetimeInMinutes,
        maxMinutes: policy.maximumLifetimeInMinutes,
        defaultMinutes: policy.defaultLifetimeInMinutes,
        oneTimeOnly: policy.isUsableOnce,
      }
    },
    createTap: async (userId, { minutes, once, startsAt }, call) => {
      const body = { lifetimeInMinutes: minutes, isUsableOnce: once, startDateTime: startsAt?.toISOString() }
      const to = path`/users/${userId}/authentication/temporaryAccessPassMethods`
      const tap = await send<TapBody>({ method: 'POST', path: to, body, repeatable: true, call })
      const { id, temporaryAccessPass: pass, startDateTime, lifetimeInMinutes } = tap
      return { id, pass, startsAt: new Date(startDateTime), minutes: lifetimeInMinutes }
    },
    taps: async (userId, call) => {
      const from = path`/users/${userId}/authentication/temporaryAccessPassMethods`
      return (await all<TapBody>(transport, { path: from, call })).map(toTap)
    },
    removeTap: (userId, tapId, call) => {
      const at = path`/users/${userId}/authentication/temporaryAccessPassMethods/${tapId}`
      return send<void>({ method: 'DELETE', path: at, call }).catch(unlessMissing)
    },
    methods: async (userId, call) => {
      const from = path`/users/${userId}/authentication/methods`
      const methods = await all<{ id: string; '@odata.type'?: string }>(transport, { path: from, call })
      return methods.map((method) => ({ id: method.id, kind: kindOf(method['@odata.type']) }))
    },
    removeMethod: (userId, { id, kind }, call) =>
      send<void>({ method: 'DELETE', path: methodPath(userId, kind, id), call }).catch(unlessMissing),
  }
}

function toTap(tap: TapBody): Tap {
  return {
    id: tap.id,
    isUsable: tap.isUsable ?? false,
    reason: tap.methodUsabilityReason,
    isUsableOnce: tap.isUsableOnce,
    minutes: tap.lifetimeInMinutes,
    startsAt: new Date(tap.startDateTime),
    createdAt: tap.createdDateTime ? new Date(tap.createdDateTime) : undefined,
  }
}
