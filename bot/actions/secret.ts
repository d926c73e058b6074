import { requestCard } from '../../cards/request.ts'
import { secretCard } from '../../cards/secret.ts'
import { Refusal } from '../../services/errors.ts'
import type { Deps } from '../deps.ts'
import { isPersonal, type Turn, viewerOf } from '../turn.ts'
import type { Action } from './action.ts'
import { readId } from './data.ts'

/** Shows the secret in the reply to the click of the one who is entitled to it: it is never part of a message. */
export const reveal: Action = {
  verb: 'secret.reveal',
  async run(deps, turn, data) {
    // In a group chat the answer to a click may be seen by others.
    if (!isPersonal(turn.activity)) throw new Refusal('private_chat_needed')
    const id = readId(data).toUpperCase()
    // Before opening: the card it is shown on must not be painted over by the very change that opening makes.
    const { replyToId: activityId } = turn.activity
    await deps.notifier.hold({ requestId: id, personId: turn.actor.id, activityId })
    const { request, value, note } = await deps.requests
      .revealSecret({ id, actor: turn.actor, answerBy: turn.answerBy })
      .catch((error: unknown) => refreshIfLapsed(deps, { id, turn, error }))
    return secretCard({
      value,
      purpose: note.purpose,
      subject: request.subject,
      expiresAt: note.expiresAt,
      viewer: { timeZone: turn.timeZone, locale: turn.locale, now: turn.now },
    })
  },
}

/** A card that was painted before the secret lapsed has no button for a new one: this one gets it. */
async function refreshIfLapsed(
  deps: Deps,
  { id, turn, error }: { id: string; turn: Turn; error: unknown },
): Promise<never> {
  if (error instanceof Refusal && error.code === 'secret_gone') await deps.notifier.refresh(id, turn.actor.id)
  throw error
}

export const renew: Action = {
  verb: 'secret.renew',
  async run(deps, turn, data) {
    const request = await deps.requests.renewSecret({ id: readId(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}
