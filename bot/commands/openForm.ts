import { randomUUID } from 'node:crypto'
import type { FormPreview } from '../../cards/form.ts'
import { mayAsk } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import type { Draft, OperationName, Problem } from '../../services/operations/operation.ts'
import type { Deps } from '../deps.ts'
import { readDraft } from '../forms/draft.ts'
import { forms } from '../forms/index.ts'
import { sendCard, type Turn } from '../turn.ts'

/** Stands in for what is only asked on the form itself, so that the rest can be judged already. */
const NOT_YET = { reason: 'not yet' }

interface Opening {
  operation: OperationName
  typed: Draft
  /** What could not be understood of the command itself. */
  problems?: Problem[]
}

/**
 * Opens a form with what was typed. Of a half-filled form only what was typed is judged; the plan is shown if there is one.
 * @throws Refusal `not_helpdesk`, `bad_input`
 */
export async function openForm(deps: Deps, turn: Turn, { operation, typed, problems = [] }: Opening): Promise<void> {
  if (!mayAsk(await deps.roles.of(turn.actor.id))) throw new Refusal('not_helpdesk')
  // As of a form that comes back: what is too long for one would not fit into a message either.
  readDraft(forms[operation].fields, typed)
  const isBlank = Object.values(typed).every((value) => value === '')
  const found = isBlank ? { draft: typed } : await judged(deps, turn, { operation, typed })
  const state = { form: randomUUID(), ...found, problems: [...problems, ...(found.problems ?? [])] }
  await sendCard(turn, await forms[operation].card(deps, state))
}

async function judged(
  deps: Deps,
  turn: Turn,
  { operation, typed }: Opening,
): Promise<{ draft: Draft; problems?: Problem[]; preview?: FormPreview }> {
  const asked = { operation, draft: { ...NOT_YET, ...typed }, actor: turn.actor, timeZone: turn.timeZone }
  const preview = await deps.requests.preview(asked)
  const draft = { ...typed, ...preview.proposed }
  if (preview.ok) return { draft, preview: { ...preview.plan, subject: preview.subject } }
  return { draft, problems: preview.problems.filter((p) => typed[p.field] !== undefined) }
}
