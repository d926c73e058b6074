import type { Call } from './call.ts'
import { GraphRefused, GraphUnreachable } from './errors.ts'
import { ATTEMPTS, BUDGET_MS, backoff, isTransient } from './middleware/retry.ts'
import { path, withQuery, type Path, type Query } from './path.ts'
import { refusal } from './refusal.ts'
import { retryAfterMs } from './retryAfter.ts'
import type { Transport } from './transport.ts'

/** A GET, independent of the others. */
export interface BatchRequest {
  path: Path
  query?: Query
  headers?: Record<string, string>
}

export type BatchOutcome =
  | { ok: true; status: number; body: unknown }
  | { ok: false; error: GraphRefused | GraphUnreachable }

const AT_ONCE = 20

interface BatchItem {
  id: string
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** GETs in `$batch`es of 20. Each item is throttled by itself, and nobody but us asks it again (learn: json-batching). */
export function createBatch(transport: Transport) {
  return async (requests: BatchRequest[], call?: Call): Promise<BatchOutcome[]> => {
    const outcomes: BatchOutcome[] = []
    for (let from = 0; from < requests.length; from += AT_ONCE) {
      outcomes.push(...(await settle(transport, requests.slice(from, from + AT_ONCE), call)))
    }
    return outcomes
  }
}

/** Asks for one batch, then again for those of its items that Graph put off. */
async function settle(transport: Transport, requests: BatchRequest[], call?: Call): Promise<BatchOutcome[]> {
  const answers = new Map<string, BatchItem>()
  let open = requests.map((request, index) => ({ id: String(index), request }))
  let waited = 0
  for (let attempt = 1; open.length > 0; attempt++) {
    const body = { requests: open.map(({ id, request }) => toItem(id, request)) }
    try {
      const { responses } = await transport.send<{ responses: BatchItem[] }>({
        method: 'POST',
        path: path`/$batch`,
        body,
        asks: true,
        call,
      })
      for (const answer of responses) answers.set(answer.id, answer)
    } catch (error) {
      if (!(error instanceof GraphRefused) && !(error instanceof GraphUnreachable)) throw error
      return requests.map((request, index) => outcome(request, answers.get(String(index)), error))
    }
    open = open.filter(({ id }) => isTransient(answers.get(id)?.status ?? 500))
    const wait = Math.max(backoff(attempt, Math.random), ...open.map(({ id }) => askedToWait(answers.get(id))))
    if (open.length === 0 || attempt === ATTEMPTS || waited + wait > BUDGET_MS) break
    waited += wait
    await transport.sleep(wait)
  }
  return requests.map((request, index) => outcome(request, answers.get(String(index))))
}

function toItem(id: string, { path, query = {}, headers }: BatchRequest) {
  return { id, method: 'GET', url: withQuery(path.url, query), headers }
}

function askedToWait(item: BatchItem | undefined): number {
  return retryAfterMs(header(item, 'retry-after')) ?? 0
}

function header(item: BatchItem | undefined, name: string): string | undefined {
  return Object.entries(item?.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
}

function outcome(
  request: BatchRequest,
  item: BatchItem | undefined,
  lost?: GraphRefused | GraphUnreachable,
): BatchOutcome {
  const operation = `GET ${request.path.template}`
  if (!item || isTransient(item.status)) {
    const reason = item ? String(item.status) : 'no answer'
    const retryAfterMs = askedToWait(item) || undefined
    return {
      ok: false,
      error: lost ?? new GraphUnreachable({ operation, reason, mayHaveHappened: false, retryAfterMs }),
    }
  }
  const { status, body } = item
  if (status < 400) return { ok: true, status, body }
  return { ok: false, error: refusal({ operation, status, body, header: (name) => header(item, name) }) }
}
