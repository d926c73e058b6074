import type { Call } from './call.ts'

export interface Domain {
  /** The name itself, e.g. `contoso.com`. */
  id: string
  isVerified: boolean
  isDefault: boolean
  isInitial: boolean
  authenticationType: 'Managed' | 'Federated'
}

export interface Domains {
  /** Unverified ones too: no account can be made in those. */
  list(call?: Call): Promise<Domain[]>
}
