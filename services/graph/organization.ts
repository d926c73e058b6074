import type { Call } from './call.ts'
import { first } from './pages.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'

export interface OrganizationFacts {
  /** The tenant id. */
  id: string
  displayName: string
}

export interface Organization {
  get(call?: Call): Promise<OrganizationFacts>
}

export function createOrganization(transport: Transport): Organization {
  return {
    get: async (call) => {
      const query = { $select: 'id,displayName' }
      const [facts] = await first<OrganizationFacts>(transport, { path: path`/organization`, query, call })
      if (!facts) throw new Error('Graph names no organization for this tenant.')
      return facts
    },
  }
}
