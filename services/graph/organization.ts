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
  /** Resolves when Graph answers us; asks once. */
  ping(): Promise<void>
}

const query = { $select: 'id,displayName' }

export function createOrganization(transport: Transport): Organization {
  return {
    get: async (call) => {
      const [facts] = await first<OrganizationFacts>(transport, { path: path`/organization`, query, call })
      if (!facts) throw new Error('Graph names no organization for this tenant.')
      return facts
    },
    ping: async () => void (await first(transport, { path: path`/organization`, query, attempts: 1 })),
  }
}
