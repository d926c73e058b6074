/** Why no answer came: the system's word for it, never its message. */
export interface Failure {
  reason: string
  /** The request never left: nothing can have happened. */
  neverSent: boolean
}

const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

/** Reads what fetch rejected with: a TypeError whose `cause` carries the code, or the timeout's DOMException. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Error && error.name === 'TimeoutError') return { reason: 'timeout', neverSent: false }
  const code = codeOf(error)
  return {
    reason: code ?? 'no answer',
    neverSent: code !== undefined && (NEVER_SENT.includes(code) || /CERT|TLS_/.test(code)),
  }
}

function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 3) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return codeOf(inner, depth + 1)
}
