import type { Card, Choice } from '../../cards/card.ts'
import type { FormPreview } from '../../cards/form.ts'
import type { Draft, Problem } from '../../services/operations/operation.ts'
import type { Request } from '../../services/requests/request.ts'
import type { Deps } from '../deps.ts'

/** A form as it stands: what was typed, what is wrong with it, and the plan it comes to. */
export interface FormState {
  /** Its id: the same form sent twice is one request. */
  form: string
  draft: Draft
  /** It was sent back: what is empty was left so or emptied by somebody. */
  isSent?: boolean
  problems?: Problem[]
  preview?: FormPreview
}

/** The form of an operation; `Input` is the operation's own, as it is for `Operation`. */
export interface Form<Input = unknown> {
  /** The fields it has; whatever else a client sends is not read. */
  fields: readonly string[]
  card(deps: Deps, state: FormState): Promise<Card>
  /** A request as it was typed, for asking again. */
  draftOf(input: Input, request: Pick<Request, 'reason' | 'timeZone'>): Draft
}

/** Where what was typed fits several people: them, to choose from. */
export function candidatesFor(field: string, state: FormState): Choice[] | undefined {
  const found = state.problems?.find((p) => p.field === field && p.candidates)?.candidates
  return found?.map((c) => ({ title: c.label, value: c.id }))
}
