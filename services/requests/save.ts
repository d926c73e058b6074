import { randomUUID } from 'node:crypto'
import type { Fact } from '../history/index.ts'
import type { Deps } from './deps.ts'
import type { Person, Request } from './request.ts'
import { isEnded, type Status } from './status.ts'

export type NewFact = Pick<Fact, 'kind' | 'actor'> & { data?: Fact['data'] }

export interface Save {
  set: Partial<Request>
  unset?: (keyof Request)[]
  facts?: NewFact[]
  /**
   * `version` (default): nobody changed anything since `request` was read.
   * `lease`: the worker's own step results; whoever else touched the document meanwhile touched other parts of it.
   */
  guard?: 'version' | 'lease'
}

/**
 * The only way a request changes: compare-and-set, with the facts for history in the same update, so that state, clock
 * and what is to be told cannot disagree.
 * @returns the request as it is now, or undefined when somebody else was first
 */
export async function save(
  deps: Deps,
  request: Request,
  { set, unset = [], facts = [], guard = 'version' }: Save,
): Promise<Request | undefined> {
  const now = deps.clock.now()
  const gone = [...unset, ...endedBy(set.status)]
  const query =
    guard === 'version'
      ? { _id: request._id, version: request.version }
      : { _id: request._id, status: request.status, 'lease.owner': request.lease?.owner }
  const saved = await deps.requests.update(query, {
    $set: { ...set, updatedAt: now, unannounced: true },
    ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((key) => [key, ''])) } : {}),
    $inc: { version: 1 },
    $push: { outbox: { $each: facts.map((fact) => outgoing(request, fact, now)) } },
  })
  if (saved) deps.wake(saved.dueAt)
  return saved
}

/** What does not outlive the status that it belonged to. */
function endedBy(status: Status | undefined): (keyof Request)[] {
  if (status === undefined) return []
  return isEnded(status) ? ['held', 'reserves'] : ['held']
}

export function outgoing(request: Request, fact: NewFact, at: Date): Fact {
  return {
    ...fact,
    at,
    // Given once, when it is written with the change: told twice, it is still one entry. Not made of the version, as two
    // who write under a lease and under a version may have read the same one.
    key: `${request._id}:${randomUUID()}`,
    directoryId: request.directoryId,
    requestId: request._id,
    subject: request.subject,
    data: { operation: request.operation, ...fact.data },
  }
}

export const person = (actor: Person): Fact['actor'] => ({ kind: 'person', id: actor.id, name: actor.name })

export const LATCHKEY: Fact['actor'] = { kind: 'latchkey' }
