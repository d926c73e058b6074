import { requestCard } from '../../cards/request.ts'
import { Refusal } from '../../services/errors.ts'
import type { Decision } from '../../services/requests/request.ts'
import type { Deps } from '../deps.ts'
import { type Turn, viewerOf } from '../turn.ts'
import type { Action, Answer } from './action.ts'
import { readDecision } from './data.ts'

export const approve: Action = {
  verb: 'request.approve',
  run: (deps, turn, data) => decide(deps, turn, { data, verdict: 'approved' }),
}
export const reject: Action = {
  verb: 'request.reject',
  run: (deps, turn, data) => decide(deps, turn, { data, verdict: 'rejected' }),
}

async function decide(
  deps: Deps,
  turn: Turn,
  { data, verdict }: { data: unknown; verdict: Decision['verdict'] },
): Promise<Answer> {
  const { id, plan, comment } = readDecision(data)
  try {
    const decision = { id, actor: turn.actor, verdict, digest: plan, ...(comment ? { comment } : {}) }
    const request = await deps.requests.decide(decision)
    return requestCard(request, viewerOf(turn, request))
  } catch (error) {
    // Whoever is told "somebody was first" or "the plan changed" is looking at a stale card: bring it up to date.
    if (error instanceof Refusal) await deps.notifier.refresh(id.toUpperCase(), turn.actor.id)
    throw error
  }
}
