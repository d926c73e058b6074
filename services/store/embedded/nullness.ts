import { Context } from 'mingo/core'
import * as queries from 'mingo/operators/query'
import type { Any, AnyObject, Options } from 'mingo/types'
import { isPlainObject } from '../values.ts'

type Operator = (selector: string, value: Any, options: Options) => (document: AnyObject) => boolean

/**
 * mingo's operators, save those that ask for null or for a list's length: behind a path that leads through a list,
 * MongoDB looks at each element, where mingo looks at the list of what it found.
 * @see https://www.mongodb.com/docs/manual/tutorial/query-for-null-fields/
 */
export const mongoLike = Context.init({
  query: {
    ...queries,
    $eq: equals,
    $ne: not(equals),
    $in: isIn,
    $nin: not(isIn),
    $size: hasSize,
  },
})

function equals(...[selector, value, options]: Parameters<Operator>): ReturnType<Operator> {
  if (value !== null) return queries.$eq(selector, value, options)
  return (document) => reach(document, selector.split('.')).some((found) => found === undefined || holdsNull(found))
}

function isIn(...[selector, values, options]: Parameters<Operator>): ReturnType<Operator> {
  if (!Array.isArray(values) || !values.includes(null)) return queries.$in(selector, values, options)
  const isNull = equals(selector, null, options)
  const isOther = queries.$in(
    selector,
    values.filter((value) => value !== null),
    options,
  )
  return (document) => isNull(document) || isOther(document)
}

function hasSize(...[selector, size]: Parameters<Operator>): ReturnType<Operator> {
  return (document) =>
    reach(document, selector.split('.')).some((found) => Array.isArray(found) && found.length === size)
}

function not(operator: Operator): Operator {
  return (selector, value, options) => {
    const matches = operator(selector, value, options)
    return (document) => !matches(document)
  }
}

function holdsNull(found: unknown): boolean {
  return found === null || (Array.isArray(found) && found.includes(null))
}

/** Everything that a path may mean; `undefined` among it where, on one of the ways, there is nothing. */
function reach(value: unknown, keys: string[]): unknown[] {
  const [key, ...rest] = keys
  if (key === undefined) return [value]
  if (isPlainObject(value)) return Object.hasOwn(value, key) ? reach(value[key], rest) : [undefined]
  if (!Array.isArray(value)) return [undefined]
  const list: unknown[] = value
  const objects = list.filter(isPlainObject)
  const byName = objects.flatMap((element) => reach(element, keys))
  if (/^\d+$/.test(key) && Number(key) < list.length) return [...reach(list[Number(key)], rest), ...byName]
  return objects.length < list.length || list.length === 0 ? [...byName, undefined] : byName
}
