import type { Change, Query } from './store.ts'

/**
 * A detached, frozen copy of a document, fit for either engine: properties that are `undefined` are left out, `undefined`
 * in an array is null. Documents hold null, booleans, finite numbers, strings, Dates, arrays and plain objects, no more.
 * @throws TypeError on anything else, and on field names that no path could reach: with `$` in front, a dot inside, or `__proto__`.
 */
export function storable<T>(value: T): T {
  return copy(value, 'document') as T
}

/** The value itself, from now on nobody's to change. (A Date has no lock: the linter refuses its setters.) */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  for (const item of Object.values(value)) frozen(item)
  return Object.freeze(value)
}

/** A copy that may be changed of what is stored: it was made fit when it was written, so this only copies. */
export function detached<T>(stored: T): T {
  return copyAsIs(stored) as T
}

/** A detached copy of an update document without its undefined values: `$set: {x: undefined}` changes nothing, on either engine. */
export function storableChange(change: Change): Change {
  return copy(change, 'change') as Change
}

/**
 * @throws TypeError when the filter holds `undefined` (a forgotten id must not become a filter for "whatever has none")
 * or compares with null by size (a forgotten date must not become a filter that finds nothing, or everything).
 */
export function definite<T extends Query | Query[]>(query: T): T {
  requireDefined(query, 'The query')
  return query
}

/** A document is frozen, and its names are plain; a change has operators and paths for names. */
type Of = 'document' | 'change'

function copy(value: unknown, of: Of): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value)
  if (Array.isArray(value)) return copyArray(value, of)
  if (isPlainObject(value)) return copyObject(value, of)
  throw new TypeError(`A document cannot hold ${typeof value === 'object' ? 'this object' : `a ${typeof value}`}.`)
}

function copyAsIs(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(value)
  if (Array.isArray(value)) return value.map(copyAsIs)
  const copied: Record<string, unknown> = { ...value }
  for (const [key, item] of Object.entries(copied)) {
    if (typeof item === 'object' && item !== null) copied[key] = copyAsIs(item)
  }
  return copied
}

// Half a surrogate pair has no UTF-8: MongoDB would silently store another text than the one a hash was made of.
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text
}

function copyArray(value: unknown[], of: Of): unknown[] {
  const copied = Array.from(value, (item) => copy(item, of))
  return of === 'document' ? (Object.freeze(copied) as unknown[]) : copied
}

function copyObject(value: Record<string, unknown>, of: Of): Record<string, unknown> {
  const copied: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    if (key === '__proto__' || (of === 'document' && (key.startsWith('$') || key.includes('.')))) {
      throw new TypeError(`A document cannot have a field named "${key}".`)
    }
    copied[key] = copy(item, of)
  }
  return of === 'document' ? Object.freeze(copied) : copied
}

const comparisons = new Set(['$gt', '$gte', '$lt', '$lte'])

function requireDefined(value: unknown, where: string): void {
  if (value === undefined) throw new TypeError(`${where} is undefined.`)
  if (Array.isArray(value)) value.forEach((item) => requireDefined(item, `An item of ${where}`))
  else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (item === null && comparisons.has(key)) throw new TypeError(`${where} compares with null.`)
      requireDefined(item, `${where}'s "${key}"`)
    }
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
