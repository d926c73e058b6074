import type { Deps } from './deps.ts'
import type { Request } from './request.ts'

/** Tells everybody who has a copy of the request's card that it changed. Durable and idempotent: it may be told twice. */
export type Announce = (request: Request) => Promise<void>

/** Moves facts into history and announces the change. Cut off anywhere, it simply happens again. */
export async function flush(deps: Deps, request: Request, announce: Announce): Promise<void> {
  for (const fact of request.outbox) await deps.history.append(fact)
  await announce(request)
  // Only if nothing changed meanwhile; otherwise the newer version is flushed in its turn.
  await deps.requests.update(
    { _id: request._id, version: request.version },
    { $set: { outbox: [], unannounced: false } },
  )
}
