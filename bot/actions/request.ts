import { randomUUID } from 'node:crypto'
import { requestCard } from '../../cards/request.ts'
import { mayAsk } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import { show } from '../commands/show.ts'
import { openUndo } from '../commands/undo.ts'
import { forms } from '../forms/index.ts'
import { sendCard, viewerOf } from '../turn.ts'
import type { Action } from './action.ts'
import { readId, readTick } from './data.ts'

export const open: Action = {
  verb: 'request.show',
  async run(deps, turn, data) {
    await show(deps, turn, readId(data))
    return 'Here it is.'
  },
}

export const withdraw: Action = {
  verb: 'request.withdraw',
  async run(deps, turn, data) {
    const request = await deps.requests.withdraw({ id: readId(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}

export const retry: Action = {
  verb: 'request.retry',
  async run(deps, turn, data) {
    const request = await deps.requests.retry({ id: readId(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}

/** The same form once more, filled as it was: for a request that was refused, lapsed or failed. */
export const again: Action = {
  verb: 'request.again',
  async run(deps, turn, data) {
    const request = await deps.requests.get(readId(data), turn.actor)
    if (!mayAsk(await deps.roles.of(turn.actor.id))) throw new Refusal('not_helpdesk')
    const form = forms[request.operation]
    await sendCard(turn, await form.card(deps, { form: randomUUID(), draft: form.draftOf(request.input, request) }))
    return 'The form is below, filled as it was.'
  },
}

/** "I have done the part that Graph cannot." */
export const tick: Action = {
  verb: 'step.tick',
  async run(deps, turn, data) {
    const request = await deps.requests.tick({ ...readTick(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}

export const undo: Action = {
  verb: 'request.undo',
  async run(deps, turn, data) {
    await openUndo(deps, turn, readId(data))
    return 'The form is below, with the way back.'
  },
}
