import type { Card, Choice } from './card.ts'
import { createForm, type FormView } from './form.ts'
import layout from './reason.json' with { type: 'json' }

export const REACTIVATE_FIELDS = ['person', 'reason'] as const
export const UNDO_FIELDS = ['request', 'reason'] as const

export type ReasonField = (typeof REACTIVATE_FIELDS)[number] | (typeof UNDO_FIELDS)[number]

export interface ReasonFormView extends FormView<ReasonField> {
  operation: 'reactivate' | 'undo'
  /** Set where what was typed fits several people: the field becomes a list of them. */
  candidates?: readonly Choice[] | undefined
}

const PERSON = { type: 'Input.Text', id: 'person', label: 'Who comes back', placeholder: 'Name or user name' }
const REQUEST = { type: 'Input.Text', id: 'request', label: 'Which request', placeholder: 'LK-…' }

const under = (first: object): object => ({ ...layout, items: [{ ...first, maxLength: 256 }, ...layout.items] })

const forms = {
  reactivate: createForm<ReasonField>({ operation: 'reactivate', fields: REACTIVATE_FIELDS, layout: under(PERSON) }),
  undo: createForm<ReasonField>({ operation: 'undo', fields: UNDO_FIELDS, layout: under(REQUEST) }),
}

/** The short form: what to take back, and why. The rest follows from what was saved then. */
export function reasonForm({ operation, candidates, ...view }: ReasonFormView): Card {
  return forms[operation](view, { candidates: { person: candidates } })
}
