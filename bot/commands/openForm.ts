import { randomUUID } from 'node:crypto'
import { mayAsk } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import type { Draft, OperationName } from '../../services/operations/operation.ts'
import type { Deps } from '../deps.ts'
import { forms } from '../forms/index.ts'
import { sendCard, type Turn } from '../turn.ts'

/** Stands in for what is only asked on the form itself, so that the rest can be judged already. */
const NOT_YET = { reason: 'not yet' }

/** Opens a form with what was typed. Of a half-filled form only what was typed is judged; the plan is shown if there is one. */
export async function openForm(
  deps: Deps,
  turn: Turn,
  { operation, typed }: { operation: OperationName; typed: Draft },
): Promise<void> {
  if (!mayAsk(await deps.roles.of(turn.actor.id))) throw new Refusal('not_helpdesk')
  const state = { form: randomUUID(), draft: typed }
  if (Object.values(typed).every((value) => value === '')) {
    await sendCard(turn, await forms[operation].card(deps, turn, state))
    return
  }
  const asked = { operation, draft: { ...NOT_YET, ...typed }, actor: turn.actor, timeZone: turn.timeZone }
  const preview = await deps.requests.preview(asked)
  const found = preview.ok
    ? { preview: preview.plan }
    : { problems: preview.problems.filter((p) => typed[p.field] !== undefined) }
  await sendCard(
    turn,
    await forms[operation].card(deps, turn, { ...state, draft: { ...preview.proposed, ...typed }, ...found }),
  )
}
