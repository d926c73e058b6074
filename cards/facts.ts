import type { OperationName } from '../services/operations/operation.ts'
import type { Request } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { literal } from './text.ts'
import { HAND_OVER_WORDS } from './words.ts'

export interface Fact {
  label: string
  value: string
}

/** What the request is about, in the reader's words; a fact that is not known is left out. */
export function facts(request: Request, viewer: Viewer): Fact[] {
  return FACTS[request.operation](request, viewer)
    .map(({ label, value }) => ({ label, value: literal(value) }))
    .filter(({ value }) => value !== '')
}

const FACTS: Record<OperationName, (request: Request, viewer: Viewer) => Fact[]> = {
  provision: ({ input, ...request }, viewer) => [
    { label: 'Why', value: request.reason },
    { label: 'Starts', value: request.startAt === undefined ? 'as soon as approved' : when(request.startAt, viewer) },
    { label: 'Job', value: [text(input['jobTitle']), text(input['department'])].filter(Boolean).join(', ') },
    { label: 'Manager', value: text(input['manager'], 'name') },
    { label: 'User name', value: request.subject.userPrincipalName },
    { label: 'Template', value: text(input['template'], 'name') },
    { label: 'First sign-in', value: firstSignIn(input) },
  ],
}

function firstSignIn(input: Record<string, unknown>): string {
  const way = text(input['handOver'])
  const words = Object.entries(HAND_OVER_WORDS).find(([key]) => key === way)?.[1] ?? ''
  const mail = way === 'activation-mail' ? text(input['alternateMail']) : ''
  return mail === '' ? words : `${words} to ${mail}`
}

/** The input was checked long ago by another version perhaps: anything but text counts as absent. */
function text(value: unknown, property?: string): string {
  if (property !== undefined) {
    return typeof value === 'object' && value !== null
      ? text(Object.entries(value).find(([k]) => k === property)?.[1])
      : ''
  }
  return typeof value === 'string' ? value : ''
}
