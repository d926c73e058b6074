import type { Tenant } from './state.ts'

export type Json = Record<string, unknown>

/** One request as the routes see it, whether it came alone or inside a $batch. */
export interface GraphRequest {
  method: string
  /** Decoded segments after `/v1.0`. */
  segments: string[]
  query: Query
  /** Names in lower case. */
  headers: Record<string, string>
  body: unknown
  /** Origin that the caller used, for absolute links: next pages, delta, @odata.context. */
  origin: string
  /** Path after `/v1.0`, undecoded. */
  path: string
  requestId: string
  clientRequestId: string
}

export interface GraphAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

export interface Call {
  tenant: Tenant
  request: GraphRequest
  args: Record<string, string>
}

export type Handler = (call: Call) => GraphAnswer
/** `[method, path template, handler]`; `{name}` in the template is one segment. */
export type Route = readonly [method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', template: string, handler: Handler]

/** Query options by name, `$` and case made uniform: `$select`, `$filter` … */
export type Query = Record<string, string>

export const noContent = (): GraphAnswer => ({ status: 204 })

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isWrite = (method: string) => method !== 'GET' && method !== 'HEAD'

export const contextOf = (request: GraphRequest, what: string) => `${request.origin}/v1.0/$metadata#${what}`
