import type { HandOverWay } from '../../approvals/policy.ts'
import type { Person } from '../../requests/request.ts'

/** A checked asking for a new account. Plain JSON; everything named by id was found in the directory. */
export interface ProvisionInput {
  firstName: string
  lastName: string
  displayName: string
  userPrincipalName: string
  jobTitle?: string
  department?: string
  manager?: Person
  /** Two-letter ISO 3166. */
  usageLocation?: string
  /** `gave`: what was left open on the form, and is there because of it. */
  template?: { id: string; name: string; gave?: readonly TemplateField[] }
  groups: Granted<{ id: string; name: string }>[]
  licences: Granted<{ skuId: string; name: string }>[]
  /** The day as it was typed, in the requester's zone. */
  startDate?: string
  /** ISO 8601: when the account is made. Absent: at once. */
  startAt?: string
  handOver: HandOverWay
  alternateMail?: string
}

export type TemplateField = 'jobTitle' | 'department'

/** Something that the template gives, or that was asked for beside it. */
export type Granted<What> = What & { by?: 'template' }
