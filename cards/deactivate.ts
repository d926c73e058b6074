import type { MailboxFate } from '../services/operations/deactivate/input.ts'
import type { Card, Choice } from './card.ts'
import { createForm, type FormView } from './form.ts'
import { counted } from './text.ts'
import layout from './deactivate.json' with { type: 'json' }

export const DEACTIVATE_FIELDS = [
  'person',
  'startDate',
  'startTime',
  'urgent',
  'successor',
  'autoReply',
  'mailbox',
  'deleteAfterDays',
  'devices',
  'reason',
] as const

/** The input ids of the form; `urgent` and `devices` come back as 'true' or 'false'. */
export type DeactivateField = (typeof DEACTIVATE_FIELDS)[number]

export interface DeactivateFormView extends FormView<DeactivateField> {
  /** Set where what was typed fits several people: the field becomes a list of them. */
  choices?: { people?: readonly Choice[] | undefined; successors?: readonly Choice[] | undefined }
}

/** Short, as phones cut them; what comes of the licences is in the plan. */
const MAILBOX: Record<MailboxFate, string> = {
  shared: 'Make it shared (by hand)',
  keep: 'Keep it, with its licences',
  none: 'Give it up',
}

const DAYS = ['0', '30', '60', '90']

const form = createForm({ operation: 'deactivate', fields: DEACTIVATE_FIELDS, layout })

/** The form for somebody who leaves. */
export function deactivateForm({ choices = {}, ...view }: DeactivateFormView): Card {
  const values = { urgent: 'false', devices: 'true', ...view.values }
  return form(
    { ...view, values },
    {
      candidates: { person: choices.people, successor: choices.successors },
      choices: {
        mailbox: Object.entries(MAILBOX).map(([value, title]) => ({ title, value })),
        deleteAfterDays: days(values.deleteAfterDays ?? ''),
      },
    },
  )
}

/** Policy may propose any number of days: it is offered beside the usual ones. */
function days(proposed: string): Choice[] {
  const all = /^[1-9]\d{0,3}$/.test(proposed) && !DAYS.includes(proposed) ? [...DAYS, proposed] : DAYS
  return [...all]
    .sort((a, b) => Number(a) - Number(b))
    .map((value) => ({ title: value === '0' ? 'Never' : `After ${counted(Number(value), 'day')}`, value }))
}
