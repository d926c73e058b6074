import type { Card, Choice } from './card.ts'
import { createForm, type FormView } from './form.ts'
import { counted } from './text.ts'
import layout from './provision.json' with { type: 'json' }

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

export interface ProvisionFormView extends FormView<ProvisionField> {
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
}

const form = createForm({ operation: 'provision', fields: PROVISION_FIELDS, layout })

/** The form for a new account. */
export function provisionForm(view: ProvisionFormView): Card {
  const { domains, locations, templates, groups, licences, handOver, managers } = view.choices
  return form(view, {
    candidates: { manager: managers },
    choices: {
      domain: domains,
      usageLocation: locations,
      // A blank, as clients take an empty value for no choice at all and would not let a template be taken back.
      template: [{ title: 'None', value: ' ' }, ...templates],
      groups,
      licences: licences.map((l) => ({ ...l, title: `${l.title}${seats(l.seatsLeft)}` })),
      handOver,
    },
  })
}

/** Beyond this they are free ones, of which Microsoft gives a million: a number that says nothing. */
const PLENTY = 9_999

function seats(left: number | undefined): string {
  if (left === undefined || left > PLENTY) return ''
  return left < 1 ? ' · no seats left' : ` · ${counted(left, 'seat')} left`
}
