import { z } from 'zod'
import { Refusal } from '../../services/errors.ts'
import type { Draft } from '../../services/operations/operation.ts'

const LONGEST = 5_000

const field = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().max(LONGEST))
const formId = z.object({ form: z.string().min(8).max(64) })

/** What a form sent back: only the fields it has, as text. @throws Refusal `bad_input` */
export function readDraft(fields: readonly string[], data: unknown): Draft {
  const read = z.object(Object.fromEntries(fields.map((name) => [name, field.optional()]))).safeParse(data ?? {})
  if (!read.success) throw new Refusal('bad_input', { what: read.error.issues.map((i) => i.path.join('.')).join(', ') })
  return Object.fromEntries(Object.entries(read.data).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])))
}

/** @throws Refusal `bad_input` when the card is not one of our forms */
export function readFormId(data: unknown): string {
  const read = formId.safeParse(data)
  if (!read.success) throw new Refusal('bad_input', { what: 'form' })
  return read.data.form
}
