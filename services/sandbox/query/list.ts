import { GraphFailure, malformed, unsupportedQuery } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type GraphRequest, type Query } from '../http.ts'
import type { Item } from '../schema/shape.ts'
import { parseFilter } from './filter.ts'
import { matches, walk } from './matches.ts'
import { continuation, issuePage, resolve } from './paging.ts'
import { checkProjection, project, projectionOf, type Projection } from './project.ts'
import { checkFilter, unknownProperty, type Target } from './rules.ts'
import { checkSearch, found, parseSearch } from './search.ts'

export interface ListOptions {
  /** What the collection holds, for checking names; lists of mixed kinds give none and are checked per item. */
  target?: Target & { navigations?: string[] }
  /** Fragment of @odata.context, e.g. `users`. */
  context: string
  maxTop?: number
  /** Every object carries @odata.type. */
  typed?: boolean
}

const DEFAULT_PAGE = 100

/** What a collection is made from; a function where making it costs something, as pages after the first don't need it. */
export type Source = Item[] | (() => Item[])

const all = (source: Source) => (typeof source === 'function' ? source() : source)

/** Answers a collection: filter, search, order, count, page, select, expand, in Graph's order and with its refusals. */
export function listAnswer(call: Call, source: Source, options: ListOptions): GraphAnswer {
  const { request, tenant } = call
  const projection: Projection = { ...projectionOf(request.query), typed: options.typed }
  const top = topOf(request.query, options.maxTop ?? 999) ?? DEFAULT_PAGE
  const resumed = continuation(tenant, request.query)
  if (resumed === undefined) check(call, options, projection)
  const selected = resumed === undefined ? narrowed(request, all(source), options) : []
  const ids = resumed?.ids ?? selected.map(({ id }) => id)
  const start = resumed?.offset ?? 0
  const end = Math.min(start + top, ids.length)
  const page =
    resumed === undefined ? selected.slice(0, end) : resolve(tenant, ids.slice(start, end), () => all(source))
  const counted = request.query['$count'] === 'true' && resumed === undefined
  const nextLink = end < ids.length ? issuePage(call, { ids, offset: end, key: resumed?.key }) : undefined
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, options.context),
      ...(counted ? { '@odata.count': ids.length } : {}),
      ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
      value: page.map((one) => project(one, projection)),
    },
  }
}

/** Answers a `/$count` segment: a bare number, text/plain. */
export function countAnswer(call: Call, items: Item[], options: ListOptions): GraphAnswer {
  if (!isEventual(call.request)) throw advancedOnly('$count')
  const selected = narrowed(call.request, items, options)
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: selected.length }
}

function check({ request }: Call, options: ListOptions, projection: Projection): void {
  const { query } = request
  const { target } = options
  if (target !== undefined) checkProjection(projection, target)
  if (!isDirectory(options)) return
  if (query['$skip'] !== undefined) throw unsupportedQuery("'$skip' is not supported by the service.")
  if (query['$count'] === 'true' && !isEventual(request)) throw advancedOnly('$count')
}

const isDirectory = ({ target, context }: ListOptions) => target?.directory ?? context === 'directoryObjects'

function narrowed(request: GraphRequest, items: Item[], options: ListOptions): Item[] {
  const { query } = request
  let selected = items
  const filterText = query['$filter']
  if (filterText !== undefined) {
    const filter = parseFilter(filterText)
    const advanced = options.target === undefined ? false : checkFilter(filter, options.target).advanced
    const sorted = query['$orderby'] !== undefined
    if (isDirectory(options) && (advanced || sorted) && !isAdvanced(request)) throw advancedOnly('this $filter')
    selected = selected.filter((one) => matches(filter, ([name = '', ...rest]) => walk(one.read(name), rest)))
  }
  const searchText = query['$search']
  if (searchText !== undefined) {
    if (!isEventual(request)) throw advancedOnly('$search')
    const search = parseSearch(searchText)
    if (options.target !== undefined) checkSearch(search, options.target)
    selected = selected.filter((one) => found(search, one))
  }
  return ordered(selected, query['$orderby'], options)
}

function ordered(items: Item[], orderby: string | undefined, options: ListOptions): Item[] {
  if (orderby === undefined) return items
  const keys = orderby.split(',').map((part) => {
    const [, name = '', direction] = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? []
    if (name === '') throw malformed(`Syntax error in $orderby: '${part}'.`)
    if (options.target?.properties.has(name) === false)
      throw unknownProperty(name, options.target.type, 'Invalid orderby clause')
    return { name, sign: direction?.toLowerCase() === 'desc' ? -1 : 1 }
  })
  const text = (one: Item, name: string) => {
    const value = one.read(name)
    return typeof value === 'string' ? value : ''
  }
  return [...items].sort((a, b) => {
    for (const { name, sign } of keys) {
      const order = text(a, name).localeCompare(text(b, name), 'en')
      if (order !== 0) return order * sign
    }
    return 0
  })
}

function topOf(query: Query, maximum: number): number | undefined {
  const text = query['$top']
  if (text === undefined) return undefined
  const top = Number(text)
  if (/^\d+$/.test(text) && top >= 1 && top <= maximum) return top
  throw unsupportedQuery(`Invalid page size specified: '${text}'. Must be between 1 and ${maximum} inclusive.`)
}

const isEventual = (request: GraphRequest) => request.headers['consistencylevel']?.toLowerCase() === 'eventual'

const isAdvanced = (request: GraphRequest) =>
  isEventual(request) && (request.query['$count'] === 'true' || request.segments.at(-1) === '$count')

const advancedOnly = (what: string) =>
  new GraphFailure(400, 'Request_UnsupportedQuery', {
    message: `Unsupported query: ${what} needs the header 'ConsistencyLevel: eventual' and, except for $search, $count=true.`,
  })
