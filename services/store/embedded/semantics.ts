import { randomUUID } from 'node:crypto'
import { Aggregator, Query as Matcher, find, update } from 'mingo'
import type { AnyObject } from 'mingo/types'
import type { Change, Document, Query, Sort } from '../store.ts'
import { isPlainObject, storable } from '../values.ts'

/** MongoDB's query language over plain objects, as mingo speaks it, made strict where mingo is silent. */

export function matching<T extends Document>(documents: T[], query: Query): T[] {
  const matcher = new Matcher<Document>(query)
  return documents.filter((document) => matcher.test(document))
}

export function sorted<T extends Document>(documents: T[], sort: Sort | undefined): T[] {
  return sort
    ? find<T>(documents as AnyObject[], {})
        .sort(sort)
        .all()
    : documents
}

export function aggregated<R>(documents: Document[], pipeline: Record<string, unknown>[]): R[] {
  return new Aggregator(pipeline).run(documents) as R[]
}

/** The document after the change; the one given is left alone. @throws TypeError when an operator does not fit a value. */
export function changed<T extends Document>(document: T, change: Change, query: Query = {}): T {
  return apply(document, withoutKey(change, '$setOnInsert'), query)
}

/** The document an upsert inserts: what the query demands by equality, then the change. */
export function upserted<T extends Document>(query: Query, change: Change): T {
  const { $setOnInsert = {} } = change
  const { _id = $setOnInsert._id ?? randomUUID(), ...demanded } = equalities(query)
  const seed = apply({ _id: String(_id) }, { $set: demanded }, {})
  const begun = apply(seed, { $set: withoutKey($setOnInsert, '_id') }, {})
  return apply(begun, withoutKey(change, '$setOnInsert'), {}) as T
}

function apply<T extends Document>(document: T, change: Change, query: Query): T {
  const result = storable(document)
  requireFit(result, change)
  update(result as AnyObject, change, [], query, { cloneMode: 'deep' })
  return storable(result)
}

// mingo passes over a value that an operator cannot work on; MongoDB refuses, and so a wrong change is found in a test.
function requireFit(document: Document, change: Change): void {
  for (const [operator, paths] of Object.entries(change)) {
    const fits = operandTypes[operator]
    for (const path of fits ? Object.keys(paths).filter((each) => !each.includes('$')) : []) {
      const value = valueAt(document, path)
      if (value !== undefined && !fits?.(value))
        throw new TypeError(`${operator} cannot change the value of "${path}".`)
    }
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number'
const operandTypes: Record<string, ((value: unknown) => boolean) | undefined> = {
  $inc: isNumber,
  $mul: isNumber,
  $push: Array.isArray,
  $addToSet: Array.isArray,
  $pull: Array.isArray,
  $pullAll: Array.isArray,
  $pop: Array.isArray,
}

function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce((value: unknown, key) => {
    if (Array.isArray(value)) return value[Number(key)] as unknown
    return isPlainObject(value) ? value[key] : undefined
  }, document)
}

function withoutKey<T extends object>(value: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== key)) as T
}

function equalities(query: Query): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [key, condition] of Object.entries(query)) {
    if (key === '$and' && Array.isArray(condition))
      Object.assign(found, ...condition.map((each: Query) => equalities(each)))
    else if (key.startsWith('$')) continue
    else if (!isPlainObject(condition)) found[key] = condition
    else if ('$eq' in condition) found[key] = condition.$eq
    else if (!Object.keys(condition).some((operator) => operator.startsWith('$'))) found[key] = condition
  }
  return found
}
