import type { Call } from './call.ts'

export interface MailMessage {
  to: string
  subject: string
  /** Plain text. */
  text: string
}

export interface Mail {
  /** From the mailbox of `from` (id or UPN), leaving no copy in its Sent Items: it may carry a one-time secret. */
  send(from: string, message: MailMessage, call?: Call): Promise<void>
}
