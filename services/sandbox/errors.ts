/**
 * Graph's refusals. The body's shape is Microsoft's `ODataError`:
 * `{error: {code, message, details?: [{code, message, target}], innerError: {date, request-id, client-request-id}}}`.
 */
export interface ErrorDetail {
  code: string
  message: string
  target?: string
}

export class GraphFailure extends Error {
  override readonly name = 'GraphFailure'
  readonly status: number
  readonly code: string
  readonly details: ErrorDetail[]
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    rest: { message: string; details?: ErrorDetail[]; headers?: Record<string, string> },
  ) {
    super(rest.message)
    this.status = status
    this.code = code
    this.details = rest.details ?? []
    this.headers = rest.headers ?? {}
  }
}

export const badRequest = (message: string, details?: ErrorDetail[]) =>
  new GraphFailure(400, 'Request_BadRequest', { message, details })

/** What the OData layer in front of the directory says: unknown properties, bad syntax, unknown segments. */
export const malformed = (message: string) => new GraphFailure(400, 'BadRequest', { message })

export const unsupportedQuery = (message: string) => new GraphFailure(400, 'Request_UnsupportedQuery', { message })

export const notFound = (id: string) =>
  new GraphFailure(404, 'Request_ResourceNotFound', {
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  })

export const denied = () =>
  new GraphFailure(403, 'Authorization_RequestDenied', {
    message: 'Insufficient privileges to complete the operation.',
  })

export const invalidValue = (property: string, resource = 'User') =>
  badRequest(`Invalid value specified for property '${property}' of resource '${resource}'.`)

/** A unique value is somebody else's: 400 with `ObjectConflict`, never 409. */
export function conflict(property: string) {
  const message = `Another object with the same value for property ${property} already exists.`
  return badRequest(message, [{ code: 'ObjectConflict', message, target: property }])
}

export function errorBody(failure: GraphFailure, ids: { date: Date; requestId: string; clientRequestId: string }) {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      ...(failure.details.length > 0 ? { details: failure.details } : {}),
      innerError: {
        ...(failure.status === 429 ? { code: '429', status: '429', message: 'Please retry after' } : {}),
        date: ids.date.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  }
}
