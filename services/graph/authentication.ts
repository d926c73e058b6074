import type { Call } from './call.ts'

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

export type MethodKind =
  | 'password'
  | 'phone'
  | 'email'
  | 'fido2'
  | 'microsoftAuthenticator'
  | 'softwareOath'
  | 'windowsHelloForBusiness'
  | 'platformCredential'
  | 'temporaryAccessPass'
  | 'other'

/** Everything but the password and what we do not know can be taken off an account. */
export type RemovableKind = Exclude<MethodKind, 'password' | 'other'>

export interface AuthenticationMethod {
  id: string
  kind: MethodKind
}

export interface RemovableMethod {
  id: string
  kind: RemovableKind
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
