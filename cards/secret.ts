import type { SecretNote } from '../services/requests/request.ts'
import type { Card } from './card.ts'
import type { Moment } from './dates.ts'
import { when } from './dates.ts'
import { renderer } from './render.ts'
import { literal } from './text.ts'
import { SECRET_WORDS } from './words.ts'
import template from './secret.json' with { type: 'json' }

export interface SecretView {
  /** The value itself. This card is answered to one person's own click and is never stored. */
  value: string
  purpose: SecretNote['purpose']
  /** Whose account it opens. */
  subject: { name: string; userPrincipalName: string }
  expiresAt: Date
  viewer: Moment
}

const render = renderer(template)

const HOW: Record<SecretNote['purpose'], { url: string; text: string }> = {
  'temporary-access-pass': {
    url: 'https://aka.ms/mysecurityinfo',
    text: 'sign in there with it and set up a passkey or the Authenticator app.',
  },
  'temporary-password': {
    url: 'https://www.office.com',
    text: 'sign in there with it; a new password is asked for at once.',
  },
}

/** A secret, shown once to the one person entitled to it. */
export function secretCard({ value, purpose, subject, expiresAt, viewer }: SecretView): Card {
  const words = SECRET_WORDS[purpose]
  return render({
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    value,
    name: literal(subject.name, 100),
    userName: literal(subject.userPrincipalName, 120),
    until: when(expiresAt, viewer),
    ...HOW[purpose],
  })
}
