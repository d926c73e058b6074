import { TurnContext } from 'botbuilder'
import { messageCard } from '../../cards/message.ts'
import { requestCard } from '../../cards/request.ts'
import type { Draft, OperationName } from '../../services/operations/operation.ts'
import { readDraft, readFormId } from '../forms/draft.ts'
import { forms } from '../forms/index.ts'
import type { Origin } from '../notifier.ts'
import { type Turn, viewerOf } from '../turn.ts'
import type { Action } from './action.ts'

/** The two buttons of an operation's form. */
export const formActions = (operation: OperationName): Action[] => [
  {
    /** Sends the form off; what is wrong comes back on the same form, with everything that was typed. */
    verb: `${operation}.submit`,
    async run(deps, turn, data) {
      const [draft, form] = [readDraft(forms[operation].fields, data), readFormId(data)]
      const asked = { operation, draft, actor: turn.actor, timeZone: turn.timeZone, form, origin: originOf(turn) }
      const created = await deps.requests.create(asked)
      if (created.ok) return requestCard(created.request, viewerOf(turn, created.request))
      const state = { form, isSent: true, draft: completed(draft, created.proposed), problems: created.problems }
      return forms[operation].card(deps, state)
    },
  },
  {
    /** Checks the form and shows the plan as it would be. Nothing is sent. */
    verb: `${operation}.check`,
    async run(deps, turn, data) {
      const [draft, form] = [readDraft(forms[operation].fields, data), readFormId(data)]
      const preview = await deps.requests.preview({ operation, draft, actor: turn.actor, timeZone: turn.timeZone })
      const state = { form, isSent: true, draft: completed(draft, preview.proposed) }
      const found = preview.ok
        ? { preview: { ...preview.plan, subject: preview.subject } }
        : { problems: preview.problems }
      return forms[operation].card(deps, { ...state, ...found })
    },
  },
]

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
  const { activityId: _one, ...reference } = TurnContext.getConversationReference(turn.activity)
  const { replyToId } = turn.activity
  return { reference, ...(replyToId ? { activityId: replyToId } : {}) }
}
