import type { Call } from './call.ts'
import { all } from './pages.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'

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

const query = { $select: 'id,isVerified,isDefault,isInitial,authenticationType' }

export function createDomains(transport: Transport): Domains {
  return { list: (call) => all<Domain>(transport, { path: path`/domains`, query, call }) }
}
