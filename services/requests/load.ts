import { isInvolved, seesAll } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import type { Person, Request } from './request.ts'

/** @throws Refusal `request_not_found`, also where it is merely none of the actor's business: ids are not to be guessed. */
export async function load(deps: Deps, id: string, actor: Person): Promise<Request> {
  const request = await deps.requests.get(id.toUpperCase())
  // Whoever is involved is known without asking Graph.
  if (request && (isInvolved(request, actor) || seesAll(await deps.roles.of(actor.id)))) return request
  throw new Refusal('request_not_found', { id })
}

const TRIES = 8

/**
 * Runs a verb until its compare-and-set went through: when somebody else was first, it starts again from the loaded
 * request, so that its checks see the new state and give the right refusal.
 */
export async function withRetry(
  deps: Deps,
  verb: { id: string; actor: Person },
  attempt: (request: Request) => Promise<Request | undefined>,
): Promise<Request> {
  for (let i = 0; i < TRIES; i += 1) {
    const saved = await attempt(await load(deps, verb.id, verb.actor))
    if (saved) return saved
  }
  throw new Refusal('busy', { id: verb.id })
}
