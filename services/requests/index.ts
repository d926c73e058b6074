import type { Worker, WorkerOptions } from '../worker/worker.ts'
import { createWorker } from '../worker/worker.ts'
import { advance } from './advance.ts'
import { create, preview } from './create.ts'
import { decide } from './decide.ts'
import type { Deps } from './deps.ts'
import type { Announce } from './flush.ts'
import { flush } from './flush.ts'
import { load } from './load.ts'
import { notReached } from './notReached.ts'
import { awaiting, mine } from './queries.ts'
import { renewSecret } from './renewSecret.ts'
import type { Person, Request } from './request.ts'
import { retry } from './retry.ts'
import { revealSecret } from './revealSecret.ts'
import { tick } from './tick.ts'
import { withdraw } from './withdraw.ts'

export { REQUESTS } from './deps.ts'
export type { Announce } from './flush.ts'
export type * from './request.ts'

export type Requests = ReturnType<typeof createRequests>

/** The verbs of a request, one file each. All refuse with `Refusal`; none believes anything but ids. */
export function createRequests(deps: Deps) {
  return {
    create: (asked: Parameters<typeof create>[1]) => create(deps, asked),
    preview: (asked: Parameters<typeof preview>[1]) => preview(deps, asked),
    decide: (decision: Parameters<typeof decide>[1]) => decide(deps, decision),
    withdraw: (asked: Parameters<typeof withdraw>[1]) => withdraw(deps, asked),
    retry: (asked: Parameters<typeof retry>[1]) => retry(deps, asked),
    revealSecret: (asked: Parameters<typeof revealSecret>[1]) => revealSecret(deps, asked),
    renewSecret: (asked: Parameters<typeof renewSecret>[1]) => renewSecret(deps, asked),
    notReached: (told: Parameters<typeof notReached>[1]) => notReached(deps, told),
    tick: (asked: Parameters<typeof tick>[1]) => tick(deps, asked),
    get: (id: string, actor: Person) => load(deps, id, actor),
    mine: (actor: Person) => mine(deps, actor),
    awaiting: (actor: Person) => awaiting(deps, actor),
  }
}

const FLUSH_AT_ONCE = 50

/** The worker of requests: tells what changed, then advances what is due. */
export function createRequestWorker(
  deps: Deps,
  options: Pick<WorkerOptions<Request>, 'alone' | 'courtesy' | 'pollMs' | 'leaseMs'> & {
    announce: Announce
    onError(error: unknown, id: string | undefined): void
  },
): Worker {
  const { announce, onError, ...timing } = options
  return createWorker({
    ...timing,
    collection: deps.requests,
    clock: deps.clock,
    advance: (request) => advance(deps, request),
    async before() {
      const changed = await deps.requests.find({ unannounced: true }, { sort: { updatedAt: 1 }, limit: FLUSH_AT_ONCE })
      for (const request of changed) {
        await options.courtesy?.()
        await flush(deps, request, announce)
      }
      return changed.length === FLUSH_AT_ONCE
    },
    onError: (error, request) => onError(error, request?._id),
  })
}
