import { randomUUID } from 'node:crypto'
import { malformed } from './errors.ts'
import type { GraphRequest, Query } from './http.ts'
import { segmentsOf } from './router.ts'

const OPTIONS = ['select', 'filter', 'top', 'orderby', 'expand', 'search', 'count', 'skip', 'skiptoken', 'deltatoken']

export interface Incoming {
  method: string
  /** Path and query after `/v1.0`. */
  path: string
  headers: Record<string, string>
  body: unknown
  origin: string
}

/** The `$` before an option may be left out and its case doesn't matter. */
function queryOf(text: string): Query {
  const query: Query = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const bare = name.replace(/^\$/, '').toLowerCase()
    query[OPTIONS.includes(bare) ? `$${bare}` : name] = value
  }
  return query
}

export function graphRequest(incoming: Incoming): GraphRequest {
  const [path = '', ...query] = incoming.path.split('?')
  const requestId = randomUUID()
  return {
    ...incoming,
    segments: decoded(path),
    query: queryOf(query.join('?')),
    requestId,
    clientRequestId: incoming.headers['client-request-id'] ?? requestId,
  }
}

function decoded(path: string): string[] {
  try {
    return segmentsOf(path)
  } catch {
    throw malformed('The request URI is not valid.')
  }
}
