import type { Call } from './call.ts'

export interface OrganizationFacts {
  /** The tenant id. */
  id: string
  displayName: string
}

export interface Organization {
  get(call?: Call): Promise<OrganizationFacts>
}
