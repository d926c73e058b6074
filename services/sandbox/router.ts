import { GraphFailure, malformed } from './errors.ts'
import type { Handler, Route } from './http.ts'

export interface Match {
  handler: Handler
  args: Record<string, string>
}

export type Router = (method: string, segments: string[]) => Match

interface Pattern {
  method: string
  parts: string[]
  handler: Handler
}

/** Finds the handler; literal segments win over `{names}`. @throws GraphFailure 400 unknown path, 405 wrong method */
export function createRouter(routes: readonly Route[]): Router {
  const patterns = routes.map(([method, template, handler]) => ({
    method,
    parts: template.split('/').slice(1),
    handler,
  }))
  patterns.sort((a, b) => variables(a) - variables(b))
  return function route(method, segments) {
    const fitting = patterns.filter(({ parts }) => fits(parts, segments))
    const chosen = fitting.find((pattern) => pattern.method === method)
    if (chosen !== undefined) return { handler: chosen.handler, args: argsOf(chosen, segments) }
    if (fitting.length === 0) throw malformed(`Resource not found for the segment '${segments.at(-1) ?? ''}'.`)
    throw new GraphFailure(405, 'Request_BadRequest', {
      message: 'Specified HTTP method is not allowed for the request target.',
    })
  }
}

const variables = ({ parts }: Pattern) => parts.filter(isVariable).length
const isVariable = (part: string) => part.startsWith('{')
const fits = (parts: string[], segments: string[]) =>
  parts.length === segments.length &&
  parts.every((part, i) => isVariable(part) || part.toLowerCase() === segments[i]?.toLowerCase())

const argsOf = ({ parts }: Pattern, segments: string[]) =>
  Object.fromEntries(parts.flatMap((part, i) => (isVariable(part) ? [[part.slice(1, -1), segments[i] ?? '']] : [])))

/**
 * Decoded segments of a path after `/v1.0`, with OData's other spellings made uniform: `users('id')` is `users/id`,
 * `delta()` is `delta`, `graph.user` is `microsoft.graph.user`.
 */
export function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter(Boolean)
    .flatMap((raw) => {
      const segment = decodeURIComponent(raw)
      const keyed = /^(\w+)\('([^']+(?:''[^']*)*)'\)$/.exec(segment)
      if (keyed !== null) return [keyed[1] ?? '', (keyed[2] ?? '').replaceAll("''", "'")]
      const role = /^directoryRoles\(roleTemplateId='([^']+)'\)$/i.exec(segment)
      if (role !== null) return ['directoryRoles', `roleTemplateId=${role[1] ?? ''}`]
      return [segment.replace(/^(\w+)\(\)$/, '$1').replace(/^graph\./, 'microsoft.graph.')]
    })
}
