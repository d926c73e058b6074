import { GraphRefused, type ErrorDetail } from './errors.ts'
import { retryAfterMs } from './retryAfter.ts'

interface Answer {
  operation: string
  status: number
  body: unknown
  header: (name: string) => string | null | undefined
}

/** Reads Graph's error body: `{error: {code, message, details?, innerError?}}`. The message stays out: it names people. */
export function refusal({ operation, status, body, header }: Answer): GraphRefused {
  const error = record(record(body).error)
  const inner = record(error.innerError ?? error.innererror)
  return new GraphRefused({
    operation,
    status,
    code: word(error.code) ?? 'unknown',
    details: Array.isArray(error.details) ? error.details.flatMap(detail) : [],
    requestId: word(header('request-id')) ?? word(inner['request-id']),
    clientRequestId: word(header('client-request-id')) ?? word(inner['client-request-id']),
    retryAfterMs: retryAfterMs(header('retry-after')),
  })
}

function detail(value: unknown): ErrorDetail[] {
  const { code, target } = record(value)
  const name = word(code)
  return name ? [{ code: name, target: word(target) }] : []
}

/** A code or an id and nothing else: whatever a proxy puts in its place must not get into a log. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value) ? value : undefined
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
