import type { Call } from './call.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'

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

export function createMail({ send }: Transport): Mail {
  return {
    send: (from, { to, subject, text }, call) => {
      const toRecipients = [{ emailAddress: { address: to } }]
      const message = { subject, body: { contentType: 'text', content: text }, toRecipients }
      const body = { message, saveToSentItems: false }
      return send({ method: 'POST', path: path`/users/${from}/sendMail`, body, call })
    },
  }
}
