import type { Request } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { listed, literal } from './text.ts'
import { SECRET_WORDS } from './words.ts'

export type SecretState = 'none' | 'ready' | 'lapsed' | 'opened'

export function secretState({ secret }: Request, viewer: Viewer): SecretState {
  if (secret === undefined) return 'none'
  if (secret.opened !== undefined) return 'opened'
  return secret.expiresAt <= viewer.now ? 'lapsed' : 'ready'
}

export const isEntitled = ({ secret }: Request, viewer: Viewer): boolean =>
  secret?.entitled.some((p) => p.id === viewer.person.id) ?? false

/** Where the first secret stands: who may open it until when, or who did. Empty where there is none. */
export function secretText(request: Request, viewer: Viewer): string {
  const { secret } = request
  if (secret === undefined) return ''
  const words = SECRET_WORDS[secret.purpose]
  if (secret.opened !== undefined) {
    return `${literal(secret.opened.by.name, 80)} opened the ${words} · ${when(secret.opened.at, viewer)}`
  }
  if (secret.expiresAt <= viewer.now) return `The ${words} lapsed unopened · ${when(secret.expiresAt, viewer)}`
  const who = isEntitled(request, viewer)
    ? 'You'
    : listed(
        secret.entitled.map((p) => literal(p.name, 80)),
        'or',
      )
  return `${who} can open the ${words} once, until ${when(secret.expiresAt, viewer)}`
}
