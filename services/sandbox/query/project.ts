import type { Json, Query } from '../http.ts'
import { malformed } from '../errors.ts'
import type { Item } from '../schema/shape.ts'
import { unknownProperty } from './rules.ts'

export interface Projection {
  select: string[] | undefined
  expand: { navigation: string; select: string[] | undefined }[]
  /** Say what each object is: in lists that mix kinds. */
  typed?: boolean
}

/** Splits at commas outside parentheses. */
const splitTop = (text: string) =>
  text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter(Boolean)

export function projectionOf(query: Query): Projection {
  return { select: selectOf(query['$select']), expand: expandOf(query['$expand']) }
}

const selectOf = (text: string | undefined) => (text === undefined ? undefined : splitTop(text))

function expandOf(text: string | undefined): Projection['expand'] {
  return splitTop(text ?? '').map((part) => {
    const [, navigation, options] = /^(\w+)(?:\((.*)\))?$/.exec(part) ?? []
    if (navigation === undefined) throw malformed(`Parsing OData Select and Expand failed: syntax error in '${part}'.`)
    const select = options?.split(';').find((option) => /^\$select=/i.test(option))
    return { navigation, select: selectOf(select?.slice('$select='.length)) }
  })
}

/** Properties named in $select must exist on at least one of the kinds listed. @throws GraphFailure 400 */
export function checkProjection(
  projection: Projection,
  target: Pick<Item, 'type' | 'properties'> & { navigations?: string[] },
): void {
  const clause = 'Parsing OData Select and Expand failed'
  for (const name of projection.select ?? []) {
    const [first = ''] = name.split('/')
    if (first !== '*' && !target.properties.has(first)) throw unknownProperty(first, target.type, clause)
  }
  for (const { navigation } of projection.expand) {
    if (target.navigations?.includes(navigation) !== true) throw unknownProperty(navigation, target.type, clause)
  }
}

/** The object as the answer carries it: `id` always, then what was selected or else the default set. */
export function project(item: Item, projection: Projection): Json {
  const all = projection.select?.includes('*') === true
  const names = all || projection.select === undefined ? defaults(item) : projection.select
  const body: Json = projection.typed === true ? { '@odata.type': `#microsoft.graph.${item.type}` } : {}
  if (item.properties.has('id')) body['id'] = item.id
  for (const path of names) {
    const [name = ''] = path.split('/')
    const property = item.properties.get(name)
    if (property === undefined) continue
    const value = item.read(name) ?? (property.kind === 'strings' || property.kind === 'objects' ? [] : null)
    if (value !== null || property.nullable) body[name] = value
  }
  for (const { navigation, select } of projection.expand) {
    const related = item.expand(navigation)
    const inner = { select, expand: [], typed: true }
    if (Array.isArray(related)) body[navigation] = related.slice(0, EXPANDED_AT_MOST).map((one) => project(one, inner))
    else if (related !== undefined) body[navigation] = project(related, inner)
  }
  return body
}

/** Graph returns at most 20 objects of an expanded relationship of a directory object. */
const EXPANDED_AT_MOST = 20

const defaults = (item: Item) => [...item.properties.values()].filter((p) => p.byDefault).map((p) => p.name)
