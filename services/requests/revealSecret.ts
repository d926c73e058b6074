import { isEntitled } from '../approvals/rules.ts'
import { Refusal } from '../errors.ts'
import type { Deps } from './deps.ts'
import { load, withRetry } from './load.ts'
import type { Person, Request, SecretNote } from './request.ts'
import { person, save } from './save.ts'

export interface Revealed {
  request: Request
  /** To be shown in the reply to this very click, and nowhere else. */
  value: string
  note: SecretNote
}

export interface Reveal {
  id: string
  actor: Person
  /** It opens once: not after nobody would see it any more. */
  answerBy?: Date
}

/**
 * Opens the one-time secret for the one who is entitled to it.
 * @throws Refusal `not_entitled`, `secret_already_opened`, `secret_gone`, `secret_pending`, `unknown_person`, `wrong_status`, `slow`
 */
export async function revealSecret(deps: Deps, asked: Reveal): Promise<Revealed> {
  const note = requireSecret(await load(deps, asked.id, asked.actor), asked.actor)
  await requireActive(deps, asked.actor)
  if (asked.answerBy && deps.clock.now() >= asked.answerBy) throw new Refusal('slow')
  const { value } = await deps.secrets.open(note.id, asked.actor.id)
  // From here on it has been shown, whatever happens: the note on the request follows.
  const opened = { by: asked.actor, at: deps.clock.now() }
  const request = await withRetry(deps, asked, async (current) =>
    save(deps, current, {
      set: current.secret?.id === note.id ? { secret: { ...current.secret, opened } } : {},
      facts: [{ kind: 'secret.revealed', actor: person(asked.actor), data: { purpose: note.purpose } }],
    }),
  )
  return { request, value, note }
}

/** Who is remembered as active may have been disabled a moment ago: here that moment matters. */
async function requireActive(deps: Deps, actor: Person): Promise<void> {
  const user = await deps.graph.users.get(actor.id)
  if (user?.accountEnabled !== true) throw new Refusal('unknown_person')
}

function requireSecret(request: Request, actor: Person): SecretNote {
  if (request.status === 'undone') throw new Refusal('wrong_status', { status: request.status })
  if (!request.secret) throw new Refusal('secret_pending', { id: request._id })
  if (!isEntitled(request, actor)) throw new Refusal('not_entitled')
  // Sealed early, so that a cut loses nothing; but an attempt to come may still need it, or replace it.
  if (!isHandedOver(request)) throw new Refusal('secret_pending', { id: request._id })
  return request.secret
}

const isHandedOver = (request: Request): boolean =>
  request.plan.steps.every(
    (step, i) => step.kind !== 'hand-over' || ['done', 'already'].includes(request.steps[i]?.outcome ?? ''),
  )
