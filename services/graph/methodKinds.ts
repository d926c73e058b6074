import { path, type Path } from './path.ts'

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

const KINDS: Readonly<Record<Exclude<MethodKind, 'other'>, true>> = {
  password: true,
  phone: true,
  email: true,
  fido2: true,
  microsoftAuthenticator: true,
  softwareOath: true,
  windowsHelloForBusiness: true,
  platformCredential: true,
  temporaryAccessPass: true,
}

/** `#microsoft.graph.phoneAuthenticationMethod` → `phone`. */
export function kindOf(odataType = ''): MethodKind {
  const kind = odataType.replace('#microsoft.graph.', '').replace(/AuthenticationMethod$/, '')
  return isKind(kind) ? kind : 'other'
}

function isKind(kind: string): kind is Exclude<MethodKind, 'other'> {
  return Object.hasOwn(KINDS, kind)
}

export function isRemovable(method: AuthenticationMethod): method is RemovableMethod {
  return method.kind !== 'password' && method.kind !== 'other'
}

/** Each kind has a collection of its own, `phoneMethods` and so on; the general one cannot be deleted from. */
export function methodPath(userId: string, kind: RemovableKind, id: string): Path {
  const general = path`/users/${userId}/authentication/methods/${id}`
  return {
    url: general.url.replace('/authentication/methods/', `/authentication/${kind}Methods/`),
    template: general.template.replace('/authentication/methods/', `/authentication/${kind}Methods/`),
  }
}
