import type { Change, Document } from '../store.ts'
import { isPlainObject } from '../values.ts'

/** What stands at a dotted path; undefined when nothing does. */
export function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce(step, document)
}

/**
 * MongoDB refuses a change that an existing value cannot take; mingo passes over it in silence.
 * @throws TypeError so that such a change is found in a test on either engine.
 */
export function requireFit(document: Document, change: Change): void {
  for (const [operator, paths] of Object.entries(change)) {
    for (const path of Object.keys(paths).filter((each) => !isPositional(each))) {
      const value = valueAt(document, path)
      const reachable = !demanding.has(operator) || isReachable(document, path.split('.'))
      const fits = value === undefined || (operands[operator]?.(value) ?? true)
      if (!reachable || !fits) throw new TypeError(`${operator} cannot change the value of "${path}".`)
    }
  }
}

/** Whether a path names "the element that the query found" (`steps.$.status`) or all of them (`$[]`). */
export function isPositional(path: string): boolean {
  return path.includes('$')
}

const isNumber = (value: unknown): boolean => typeof value === 'number'

const operands: Record<string, ((value: unknown) => boolean) | undefined> = {
  $inc: isNumber,
  $mul: isNumber,
  $push: Array.isArray,
  $addToSet: Array.isArray,
  $pull: Array.isArray,
  $pullAll: Array.isArray,
  $pop: Array.isArray,
}

/** Operators for which a path through text, null or a list without a position is a mistake; $unset finds nothing there. */
const demanding = new Set(['$set', '$max', '$min', ...Object.keys(operands)])

function isReachable(value: unknown, [key, ...rest]: string[]): boolean {
  if (value === undefined || key === undefined) return true
  if (Array.isArray(value)) return /^\d+$/.test(key) && isReachable(step(value, key), rest)
  return isPlainObject(value) && isReachable(value[key], rest)
}

function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown
  return isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
