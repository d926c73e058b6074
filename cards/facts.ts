import type { MailboxFate } from '../services/operations/deactivate/input.ts'
import type { OperationName } from '../services/operations/operation.ts'
import type { Plan, Request } from '../services/requests/request.ts'
import type { StepKind } from '../services/steps/step.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { hasRun } from './status.ts'
import { literal } from './text.ts'

export interface Fact {
  label: string
  value: string
}

/** As much as a reason may have on the form: the one who decides reads all of it. */
const LONGEST = 1000

/** What the request is about, in the reader's words; a fact that is not known is left out. */
export function facts(request: Request, viewer: Viewer): Fact[] {
  return FACTS[request.operation](request, viewer)
    .map(({ label, value }) => ({ label, value: literal(value, LONGEST) }))
    .filter(({ value }) => value !== '')
}

/** Whatever has a step of its own (manager, groups, licences, hand-over) is in the plan below: it is not said twice. */
const FACTS: Record<OperationName, (request: Request, viewer: Viewer) => Fact[]> = {
  provision: ({ input, ...request }, viewer) => [
    { label: 'Why', value: request.reason },
    { label: 'Starts', value: start(request, viewer) },
    { label: 'Job', value: [text(input['jobTitle']), text(input['department'])].filter(Boolean).join(', ') },
    { label: 'Manager', value: isPlanned(request.plan, 'set-manager') ? '' : text(input['manager'], 'name') || 'none' },
    { label: 'Country', value: country(text(input['usageLocation'])) },
    { label: 'Private mail', value: text(input['alternateMail']) },
    { label: 'Template', value: text(input['template'], 'name') },
  ],
  deactivate: ({ input, ...request }, viewer) => [
    { label: 'Why', value: request.reason },
    { label: 'When', value: start(request, viewer) },
    { label: 'Takes over', value: text(input['successor'], 'name') || 'nobody' },
    { label: 'Mailbox', value: MAILBOX_WORDS[text(input['mailbox'])] ?? '' },
  ],
  reactivate: ({ reason }) => [{ label: 'Why', value: reason }],
  undo: ({ reason }) => [{ label: 'Why', value: reason }],
}

/** Once it runs, the plan below tells when. */
function start({ startAt, steps }: Pick<Request, 'startAt' | 'steps'>, viewer: Viewer): string {
  if (startAt !== undefined) return when(startAt, viewer)
  return hasRun({ steps }) ? '' : 'as soon as approved'
}

const MAILBOX_WORDS: Partial<Record<string, string>> = {
  shared: 'made shared, by hand',
  keep: 'kept as it is, with its licences',
  none: 'given up',
} satisfies Record<MailboxFate, string>

const isPlanned = (plan: Plan, kind: StepKind): boolean => plan.steps.some((s) => s.kind === kind)

const countries = new Intl.DisplayNames(['en-GB'], { type: 'region' })

function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  return countries.of(code) ?? code
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
