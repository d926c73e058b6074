import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import * as operators from 'mingo/operators/update'
import { update } from 'mingo/updater'
import type { AnyObject } from 'mingo/types'
import type { Change, Document, Query } from '../store.ts'
import { detached, isPlainObject, storable } from '../values.ts'
import { isPositional, requireFit, valueAt } from './paths.ts'

/**
 * The document after the change; the one given is left alone, and what the change does not touch is shared with it.
 * @throws TypeError when an operator does not fit a value.
 */
export function changed<T extends Document>(document: T, change: Change, query: Query): T {
  const rest = without(change, '$setOnInsert')
  const paths = touchedBy(rest)
  if (!paths.some(isPositional)) requireApart(paths)
  const { whole, parts } = split(rest)
  const fields = [...new Set(touchedBy(parts).map(firstKey))]
  const result = { ...document, ...detached(only(document, fields)) }
  applyParts(result, parts, query)
  // Detached from the change as well, whose values mingo has put in as they are.
  return Object.freeze(Object.assign(result, storable(only(result, fields)), storable(whole)))
}

/** Most of what is changed is set as a whole, which needs no operator; only an `_id` needs one that refuses it. */
function split({ $set = {}, ...others }: Change): { whole: Record<string, unknown>; parts: Change } {
  const values = Object.entries($set)
  const isPart = ([path]: [string, unknown]): boolean => path === '_id' || /[.$]/.test(path)
  const parts = values.filter(isPart)
  return {
    whole: Object.fromEntries(values.filter((value) => !isPart(value))),
    parts: parts.length > 0 ? { ...others, $set: Object.fromEntries(parts) } : others,
  }
}

function applyParts(result: Document & AnyObject, parts: Change, query: Query): void {
  requireFit(result, parts)
  prepareLists(result, parts)
  const fitting = setsAsPushes(result, parts)
  if (touchedBy(parts).some(isPositional)) {
    // mingo needs the query only to find "$", and would skip a document that no longer meets it.
    update(result, fitting, [], query, { cloneMode: 'none' })
  } else {
    for (const [name, operands] of Object.entries(fitting)) operatorNamed(name)(operands as never)(result)
  }
}

/** mingo's own `update` puts its whole language together anew each time, which takes longer than all the rest of a change. */
function operatorNamed(name: string): Operator {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
  if (!operator) throw new TypeError(`${name} is not an update operator.`)
  return operator
}

/** Each takes operands of its own; whether they fit is seen by `requireFit`. */
type Operator = (operands: never) => (document: AnyObject) => unknown

const { $set, $unset, $rename, $inc, $mul, $min, $max, $bit, $currentDate } = operators
const { $push, $addToSet, $pull, $pullAll, $pop } = operators
const OPERATORS: Record<string, Operator> = {
  $set,
  $unset,
  $rename,
  $inc,
  $mul,
  $min,
  $max,
  $bit,
  $currentDate,
  $push,
  $addToSet,
  $pull,
  $pullAll,
  $pop,
}

const touchedBy = ({ $rename = {}, ...rest }: Change): string[] => [
  ...Object.values(rest).flatMap(Object.keys),
  ...Object.entries($rename).flatMap(([from, to]) => [from, String(to)]),
]

/** @throws TypeError when two operators change one path, or one path and another below it. */
function requireApart(paths: string[]): void {
  const sorted = paths.map((path) => `${path}.`).sort()
  const twice = sorted.find((path, i) => sorted[i + 1]?.startsWith(path))
  if (twice) throw new TypeError(`"${twice.slice(0, -1)}" is changed twice.`)
}

const firstKey = (path: string): string => path.split('.', 1)[0] ?? path

function only<T extends object>(value: T, keys: string[]): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key))) as Partial<T>
}

/** The document an upsert inserts: what the query demands by equality, then the change. */
export function upserted<T extends Document>(query: Query, change: Change): T {
  const { $setOnInsert = {}, ...rest } = change
  const { _id = $setOnInsert._id ?? randomUUID(), ...demanded } = equalities(query)
  const seed = changed({ _id: String(_id) }, { $set: demanded }, {})
  return changed(changed(seed, { $set: without($setOnInsert, '_id') }, {}), rest, {}) as T
}

// mingo applies $slice and $sort only to a list that is there already.
function prepareLists(document: AnyObject, { $push = {} }: Change): void {
  const absent = Object.keys($push).filter((path) => !isPositional(path) && valueAt(document, path) === undefined)
  if (absent.length > 0) operators.$set(Object.fromEntries(absent.map((path) => [path, []])))(document)
}

// mingo's $addToSet also removes doubles that the list had before.
function setsAsPushes(document: Document, { $addToSet = {}, ...rest }: Change): Change {
  const pushes: Record<string, unknown> = { ...rest.$push }
  for (const [path, value] of Object.entries($addToSet)) {
    if (isPositional(path) || path in pushes) throw new TypeError(`$addToSet cannot change "${path}" in this way.`)
    const wanted = isPlainObject(value) && Array.isArray(value.$each) ? (value.$each as unknown[]) : [value]
    const known = [...((valueAt(document, path) as unknown[] | undefined) ?? [])]
    const before = known.length
    for (const each of wanted) if (!known.some((other) => isDeepStrictEqual(each, other))) known.push(each)
    pushes[path] = { $each: known.slice(before) }
  }
  return Object.keys(pushes).length > 0 ? { ...rest, $push: pushes } : rest
}

function without<T extends object>(value: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== key)) as T
}

function equalities(query: Query): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [key, condition] of Object.entries(query)) {
    if (key === '$and') Object.assign(found, ...(condition as Query[]).map(equalities))
    else if (key.startsWith('$')) continue
    else if (!isPlainObject(condition)) found[key] = condition
    else if ('$eq' in condition) found[key] = condition.$eq
    else if (!Object.keys(condition).some((operator) => operator.startsWith('$'))) found[key] = condition
  }
  return found
}
