import type { Deps } from '../deps.ts'
import { cardMessage, isPersonal, type Turn, viewerOf } from '../turn.ts'
import { TurnContext } from 'botbuilder'
import { requestCard } from '../../cards/request.ts'

/** Sends a request's card, which from then on is kept up to date like every other copy. */
export async function show(deps: Deps, turn: Turn, id: string): Promise<void> {
  const request = await deps.requests.get(id, turn.actor)
  const sent = await turn.context.sendActivity(cardMessage(requestCard(request, viewerOf(turn, request))))
  if (!sent?.id) return
  const { activityId: _one, ...reference } = TurnContext.getConversationReference(turn.activity)
  await deps.notifier.adopt({
    requestId: request._id,
    personId: turn.actor.id,
    activityId: sent.id,
    shown: request.version,
    ...(isPersonal(turn.activity) ? {} : { reference }),
  })
}
