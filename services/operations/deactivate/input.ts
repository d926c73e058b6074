import type { Person } from '../../requests/request.ts'

export type MailboxFate = 'shared' | 'keep' | 'none'

/** A checked asking to close an account. Plain JSON. */
export interface DeactivateInput {
  userId: string
  name: string
  userPrincipalName: string
  manager?: Person
  /** Takes over direct reports and owned groups. */
  successor?: Person
  /** ISO 8601; absent: as soon as approved. */
  startAt?: string
  urgent: boolean
  mailbox: MailboxFate
  /** Empty: none is set. */
  autoReply: string
  devices: boolean
  /** 0: never. */
  deleteAfterDays: number
}
