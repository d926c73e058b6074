import type { PlannedStep } from '../services/requests/request.ts'
import type { Card, Choice } from './card.ts'
import { planTable } from './plan.ts'
import { renderer } from './render.ts'
import { counted, literal } from './text.ts'
import template from './provision.json' with { type: 'json' }

export const PROVISION_FIELDS = [
  'firstName',
  'lastName',
  'userName',
  'domain',
  'jobTitle',
  'department',
  'manager',
  'usageLocation',
  'template',
  'groups',
  'licences',
  'startDate',
  'handOver',
  'alternateMail',
  'reason',
] as const

/** The input ids of the form; `groups` and `licences` come back as values with commas between. */
export type ProvisionField = (typeof PROVISION_FIELDS)[number]

export interface ProvisionFormView {
  /** What was typed so far: text only, always shown again as it was. */
  values: Partial<Record<ProvisionField, string>>
  /** What is wrong, in words, below its field; a problem with a field that is not on the form goes to the top. */
  problems: readonly { field: string; text: string }[]
  choices: {
    domains: readonly Choice[]
    /** Two-letter country codes with their names. */
    locations: readonly Choice[]
    templates: readonly Choice[]
    groups: readonly Choice[]
    /** With seats left, if known, as the title says. */
    licences: readonly (Choice & { seatsLeft?: number })[]
    handOver: readonly Choice[]
    /** Set where what was typed as manager fits several people: the field becomes a list of them. */
    managers?: readonly Choice[]
  }
  /** Comes back with every button, so that a form sent twice is one request. */
  form?: string
  /** First day that may be chosen, YYYY-MM-DD. */
  earliest?: string
  /** The plan as it would be, after "Check". */
  preview?: { steps: readonly PlannedStep[] }
}

const render = renderer(template)

/**
 * The form for a new account. No input is marked as required for the client: a client that holds a form back cannot say
 * why in our words, and "Check" is meant for half-filled forms. The server checks everything.
 */
export function provisionForm(view: ProvisionFormView): Card {
  const { choices, problems } = view
  return render({
    values: Object.fromEntries(PROVISION_FIELDS.map((f) => [f, view.values[f] ?? ''])),
    problems: Object.fromEntries(
      PROVISION_FIELDS.map((f) => [f, problems.filter((p) => p.field === f).map((p) => ({ text: literal(p.text) }))]),
    ),
    summary: summary(problems),
    domains: options(choices.domains),
    locations: options(choices.locations),
    // A blank, as clients take an empty value for no choice at all and would not let a template be taken back.
    templates: [{ title: 'None', value: ' ' }, ...options(choices.templates)],
    groups: options(choices.groups),
    licences: options(choices.licences.map((l) => ({ ...l, title: `${l.title}${seats(l.seatsLeft)}` }))),
    handOver: options(choices.handOver),
    managers: options(managers(choices.managers ?? [], view.values.manager ?? '')),
    managerIsTyped: choices.managers === undefined,
    earliest: view.earliest ?? '1900-01-01',
    data: view.form === undefined ? {} : { form: view.form },
    preview: view.preview === undefined ? [] : [{ plan: planTable(view.preview.steps) }],
  })
}

const options = (choices: readonly Choice[]): Choice[] =>
  choices.map(({ title, value }) => ({ title: literal(title, 120), value }))

/** What was typed stays the answer until somebody is picked: a field left alone must not come back as "no manager". */
function managers(found: readonly Choice[], typed: string): readonly Choice[] {
  if (typed.trim() === '' || found.some((c) => c.value === typed)) return found
  return [{ title: `${typed}: which one?`, value: typed }, ...found]
}

function seats(left: number | undefined): string {
  if (left === undefined) return ''
  return left < 1 ? ' · no seats left' : ` · ${counted(left, 'seat')} left`
}

function summary(problems: ProvisionFormView['problems']): { text: string }[] {
  if (problems.length === 0) return []
  const elsewhere = problems.filter((p) => !PROVISION_FIELDS.some((f) => f === p.field)).map((p) => literal(p.text))
  const count = problems.length === 1 ? 'One thing needs' : `${problems.length} things need`
  return [{ text: [`${count} another look; nothing has been sent.`, ...elsewhere].join(' ') }]
}
