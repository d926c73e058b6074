import { badRequest } from '../errors.ts'
import { isJson, type Call, type Json } from '../http.ts'

/** The request's JSON object. @throws GraphFailure 400 without one */
export function bodyOf({ request }: Call): Json {
  if (isJson(request.body)) return request.body
  throw badRequest('Empty Payload. JSON content expected.')
}

/** As `bodyOf`, for operations whose parameter names don't mind case; names in lower case. */
export function parametersOf(call: Call): Json {
  return Object.fromEntries(Object.entries(bodyOf(call)).map(([name, value]) => [name.toLowerCase(), value]))
}
