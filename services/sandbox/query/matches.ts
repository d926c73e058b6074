import type { Comparison, Filter, Literal, TextTest } from './filter.ts'

/** What a path names is read through this, so that the same evaluation serves records, elements and plain values. */
export type Read = (path: string[]) => unknown

/** Evaluates a parsed $filter. Text is compared without regard to case, as the directory does. */
export function matches(filter: Filter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, read) && matches(filter.right, read)
    case 'or':
      return matches(filter.left, read) || matches(filter.right, read)
    case 'not':
      return !matches(filter.inner, read)
    case 'compare':
      return compare(read(filter.path), filter.operator, filter.value)
    case 'in': {
      const value = read(filter.path)
      return filter.values.some((candidate) => compare(value, 'eq', candidate))
    }
    case 'text':
      return textTest(read(filter.path), filter.test, filter.value)
    case 'some':
      return matchesElements(filter, read)
  }
}

function matchesElements(filter: Extract<Filter, { kind: 'some' }>, read: Read): boolean {
  const elements = read(filter.path)
  if (!Array.isArray(elements)) return false
  const { inner, variable } = filter
  if (inner === undefined) return elements.length > 0
  const test = (element: unknown) => matches(inner, (path) => fromElement(element, variable, path) ?? null)
  return filter.every ? elements.every(test) : elements.some(test)
}

const fromElement = (element: unknown, variable: string, path: string[]): unknown =>
  path[0] === variable ? walk(element, path.slice(1)) : undefined

/** Follows a property path; `$count` is the length of a collection. */
export function walk(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((at, segment) => {
    if (segment === '$count') return Array.isArray(at) ? at.length : 0
    return typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[segment] : undefined
  }, value)
}

function compare(value: unknown, operator: Comparison, wanted: Literal): boolean {
  if (Array.isArray(value)) return false
  const left = comparable(value)
  const right = comparable(wanted)
  switch (operator) {
    case 'eq':
      return left === right
    case 'ne':
      return left !== right
    case 'gt':
      return left !== null && right !== null && left > right
    case 'ge':
      return left !== null && right !== null && left >= right
    case 'lt':
      return left !== null && right !== null && left < right
    case 'le':
      return left !== null && right !== null && left <= right
  }
}

const INSTANT = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/

function comparable(value: unknown): string | number | boolean | null {
  if (typeof value === 'string')
    return value.length > 9 && INSTANT.test(value) ? Date.parse(value) : value.toLowerCase()
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function textTest(value: unknown, test: TextTest, wanted: string): boolean {
  if (typeof value !== 'string') return false
  const text = value.toLowerCase()
  const part = wanted.toLowerCase()
  switch (test) {
    case 'startswith':
      return text.startsWith(part)
    case 'endswith':
      return text.endsWith(part)
    case 'contains':
      return text.includes(part)
  }
}
