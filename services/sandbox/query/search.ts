import { unsupportedQuery } from '../errors.ts'
import type { Item } from '../schema/shape.ts'
import { unknownProperty } from './rules.ts'

interface Clause {
  property: string
  text: string
}

/** Alternatives (OR) of clauses that must all hold (AND). */
export type Search = Clause[][]

const CLAUSE = /^"((?:[^"\\]|\\.)+)"/

/** Reads `"displayName:adele" OR "mail:adele"`. @throws GraphFailure 400 */
export function parseSearch(text: string): Search {
  const alternatives: Search = [[]]
  let rest = text.trim()
  for (let parts = 0; parts < 20; parts++) {
    const quoted = CLAUSE.exec(rest)
    const content = quoted?.[1]?.replace(/\\(.)/g, '$1') ?? ''
    const colon = content.indexOf(':')
    if (quoted === null || colon < 1)
      throw unsupportedQuery('Syntax error in $search: use "property:text" in double quotes.')
    alternatives.at(-1)?.push({ property: content.slice(0, colon), text: content.slice(colon + 1) })
    rest = rest.slice(quoted[0].length).trimStart()
    if (rest === '') return alternatives
    const join = /^(AND|OR)\s+/i.exec(rest)
    if (join === null) break
    if (join[1]?.toUpperCase() === 'OR') alternatives.push([])
    rest = rest.slice(join[0].length)
  }
  throw unsupportedQuery('Syntax error in $search.')
}

/** Display names and descriptions are searched word by word; every other property from its beginning. */
export function found(search: Search, item: Item): boolean {
  return search.some((clauses) => clauses.every((clause) => holds(clause, item)))
}

export function checkSearch(search: Search, target: Pick<Item, 'properties' | 'type'>): void {
  for (const { property } of search.flat()) {
    const known = target.properties.get(property)
    if (known === undefined) throw unknownProperty(property, target.type, 'Invalid search clause')
    if (known.kind !== 'string' && known.kind !== 'strings')
      throw unsupportedQuery(`$search on '${property}' is not supported.`)
  }
}

function holds({ property, text }: Clause, item: Item): boolean {
  const wanted = fold(text)
  const values = [item.read(property)].flat().filter((value) => typeof value === 'string')
  if (property !== 'displayName' && property !== 'description')
    return values.some((value) => fold(value).startsWith(wanted))
  const words = values.flatMap(tokens)
  return tokens(text).every((part) => words.some((word) => word.startsWith(part)))
}

const fold = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
const tokens = (text: string) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
