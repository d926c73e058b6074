import { TurnContext } from 'botbuilder'
import { messageCard } from '../../cards/message.ts'
import { requestCard } from '../../cards/request.ts'
import { readDraft, readFormId } from '../forms/draft.ts'
import { provisionFormCard } from '../forms/provisionForm.ts'
import type { Draft } from '../../services/operations/operation.ts'
import type { Origin } from '../notifier.ts'
import { type Turn, viewerOf } from '../turn.ts'
import type { Action } from './action.ts'

/** Sends the form off; what is wrong comes back on the same form, with everything that was typed. */
export const submit: Action = {
  verb: 'provision.submit',
  async run(deps, turn, data) {
    const [draft, form] = [readDraft(data), readFormId(data)]
    const asked = { operation: 'provision' as const, draft, actor: turn.actor, timeZone: turn.timeZone, form }
    const created = await deps.requests.create({ ...asked, origin: originOf(turn) })
    if (created.ok) return requestCard(created.request, viewerOf(turn, created.request))
    return provisionFormCard(deps, turn, {
      form,
      draft: completed(draft, created.proposed),
      problems: created.problems,
    })
  },
}

/** Checks the form and shows the plan as it would be. Nothing is sent. */
export const check: Action = {
  verb: 'provision.check',
  async run(deps, turn, data) {
    const [draft, form] = [readDraft(data), readFormId(data)]
    const asked = { operation: 'provision' as const, draft, actor: turn.actor, timeZone: turn.timeZone }
    const preview = await deps.requests.preview(asked)
    const state = { form, draft: completed(draft, preview.proposed) }
    return provisionFormCard(
      deps,
      turn,
      preview.ok ? { ...state, preview: preview.plan } : { ...state, problems: preview.problems },
    )
  },
}

export const cancel: Action = {
  verb: 'form.cancel',
  run: async () => messageCard({ title: 'Cancelled', text: 'Nothing was sent.' }),
}

/** What was typed, and what was proposed where nothing was; a field that was emptied on purpose stays empty. */
const completed = (draft: Draft, proposed: Draft): Draft => ({
  ...draft,
  ...Object.fromEntries(Object.entries(proposed).filter(([field]) => (draft[field] ?? '') === '')),
})

/** The message whose card the request will take the place of. */
function originOf(turn: Turn): Origin {
  const { activityId: _one, ...reference } = TurnContext.getConversationReference(turn.context.activity)
  const { replyToId } = turn.context.activity
  return { reference, ...(replyToId ? { activityId: replyToId } : {}) }
}
