import type { OperationName } from '../services/operations/operation.ts'
import type { PlannedStep, Subject } from '../services/requests/request.ts'
import type { Card, Choice } from './card.ts'
import { fieldsRenderer } from './fields.ts'
import { notesSection } from './notes.ts'
import { planTable } from './plan.ts'
import { renderer } from './render.ts'
import { literal } from './text.ts'
import { OPERATION_WORDS } from './words.ts'
import template from './form.json' with { type: 'json' }

/** What every form shows: what was typed, what is wrong with it, and what it comes to. */
export interface FormView<Field extends string> {
  /** What was typed so far: text only, always shown again as it was. */
  values: Partial<Record<Field, string>>
  /** What is wrong, in words, below its field; a problem with a field that is not on the form goes to the top. */
  problems: readonly { field: string; text: string }[]
  /** Comes back with every button, so that a form sent twice is one request. */
  form?: string
  /** The plan as it would be, after "Check". */
  preview?: FormPreview
}

export interface FormPreview {
  /** Whom it is about: a part of a name may have been typed, and fit somebody else than was meant. */
  subject?: Pick<Subject, 'name' | 'userPrincipalName'>
  steps: readonly PlannedStep[]
  notes?: readonly string[]
}

export interface FormKind<Field extends string> {
  operation: OperationName
  fields: readonly Field[]
  /** A Container of inputs by field name, without values, choices and problems: those are put in here. */
  layout: object
}

/** What one form needs beside its view. */
export interface FormParts<Field extends string> {
  /** Options of its lists, by field. */
  choices?: Partial<Record<Field, readonly Choice[]>>
  /** People, by field, where what was typed fits several: the field becomes a list of them. */
  candidates?: Partial<Record<Field, readonly Choice[] | undefined>>
}

const render = renderer(template)

/**
 * Makes a form. No input is marked as required for the client, and no date has an earliest day: a client that holds a
 * form back cannot say why in our words, and "Check" is meant for half-filled forms. The server checks everything.
 */
export function createForm<Field extends string>({ operation, fields, layout }: FormKind<Field>) {
  const renderFields = fieldsRenderer(fields, layout)
  return function form(view: FormView<Field>, parts: FormParts<Field> = {}): Card {
    const { preview } = view
    return render({
      title: OPERATION_WORDS[operation],
      summary: summary(fields, view.problems),
      fields: renderFields(view, parts),
      preview: preview === undefined ? [] : [shown(preview)],
      submit: `${operation}.submit`,
      check: `${operation}.check`,
      data: view.form === undefined ? {} : { form: view.form },
    })
  }
}

const shown = ({ steps, notes = [], subject }: FormPreview) => ({
  about:
    subject === undefined ? [] : [{ name: literal(subject.name, 100), address: literal(subject.userPrincipalName) }],
  plan: planTable(steps),
  notes: notesSection(notes),
})

function summary(fields: readonly string[], problems: FormView<string>['problems']): { text: string }[] {
  if (problems.length === 0) return []
  const elsewhere = problems.filter((p) => !fields.includes(p.field)).map((p) => literal(p.text))
  const count = problems.length === 1 ? 'One thing needs' : `${problems.length} things need`
  return [{ text: [`${count} another look; nothing has been sent.`, ...elsewhere].join(' ') }]
}
