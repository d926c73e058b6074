import { unsupportedQuery } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type Json, type Query } from '../http.ts'
import { isVisible } from '../rules/find.ts'
import type { Item } from '../schema/shape.ts'
import type { Change } from '../state.ts'
import { readToken, writeToken, type DeltaState } from './deltaToken.ts'
import { parseFilter, type Filter } from './filter.ts'
import { checkProjection, project } from './project.ts'

export interface DeltaSource {
  kind: 'users' | 'groups'
  target: Pick<Item, 'type' | 'properties'>
  item(id: string): Item | undefined
  /** The moment from which it can be seen, for objects that exist. */
  record(id: string): { visibleAt: number } | undefined
  /** `manager@delta` or `members@delta`, when selected. */
  relation(id: string, round: { change: Change; since: number }): Json | undefined
  relationName: string
}

/** Not documented by Microsoft; small enough that tests with a few hundred people see several pages. */
const PAGE = 100
const UNSUPPORTED = ['$top', '$skip', '$expand', '$orderby', '$search', '$count']

/** Answers a delta query: pages in the order of change, then a deltaLink. */
export function deltaAnswer(call: Call, source: DeltaSource): GraphAnswer {
  const { tenant, request } = call
  const token = request.query['$skiptoken'] ?? request.query['$deltatoken']
  const state =
    token === undefined || token === '' || token === 'latest'
      ? firstState(call, source)
      : readToken(tenant, request, token)
  const { seq } = tenant.journal
  if (token === 'latest') return page(call, source, { value: [], link: deltaLink(call, { ...state, after: seq }) })
  const entries = pending(call, source, state)
  const shown = entries.slice(0, PAGE)
  const value = shown
    .map(([id, change]) => entryJson(call, source, { id, change, state }))
    .filter((one) => one !== undefined)
  const last = shown.at(-1)?.[1].seq ?? state.after
  if (entries.length > PAGE) return page(call, source, { value, link: nextLink(call, { ...state, after: last }) })
  return page(call, source, { value, link: deltaLink(call, { ...state, after: told(call, source, state) }) })
}

function firstState({ tenant, request }: Call, source: DeltaSource): DeltaState {
  const { query } = request
  const unsupported = UNSUPPORTED.find((name) => query[name] !== undefined)
  if (unsupported !== undefined) throw unsupportedQuery(`'${unsupported}' is not supported for change tracking.`)
  const select = query['$select']?.split(',').map((name) => name.trim())
  const names = select?.filter((name) => name !== source.relationName)
  checkProjection({ select: names, expand: [] }, source.target)
  return { epoch: tenant.epoch, at: tenant.now(), after: 0, since: 0, select, ids: idsOf(query) }
}

function idsOf(query: Query): string[] | undefined {
  const text = query['$filter']
  if (text === undefined) return undefined
  const ids = collectIds(parseFilter(text))
  if (ids.length <= 50) return ids
  throw unsupportedQuery('At most 50 ids can be tracked.')
}

function collectIds(filter: Filter): string[] {
  if (filter.kind === 'or') return [...collectIds(filter.left), ...collectIds(filter.right)]
  const byId = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.join('/') === 'id'
  if (byId && typeof filter.value === 'string') return [filter.value.toLowerCase()]
  throw unsupportedQuery('Change tracking supports $filter on id only.')
}

/** The next page's changes and one more, by which to know that there is a further page. */
function pending({ tenant }: Call, source: DeltaSource, state: DeltaState): [string, Change][] {
  const found: [string, Change][] = []
  for (const [id, change] of tenant.journal[source.kind]) {
    if (change.seq <= state.after || (state.ids !== undefined && !state.ids.includes(id))) continue
    if (change.removed !== undefined && state.since === 0) continue
    const record = source.record(id)
    if (record !== undefined && !isVisible(tenant, record)) continue
    found.push([id, change])
    if (found.length > PAGE) break
  }
  return found
}

/** How far the caller is told: never past an object that replication still hides. */
function told({ tenant }: Call, source: DeltaSource, state: DeltaState): number {
  for (const [id, change] of tenant.journal[source.kind]) {
    const record = source.record(id)
    if (change.seq > state.after && record !== undefined && !isVisible(tenant, record)) return change.seq - 1
  }
  return tenant.journal.seq
}

function entryJson(
  call: Call,
  source: DeltaSource,
  { id, change, state }: { id: string; change: Change; state: DeltaState },
): Json | undefined {
  if (change.removed !== undefined) return { id, '@removed': { reason: change.removed } }
  const item = source.item(id)
  if (item === undefined) return undefined
  const related = state.select?.includes(source.relationName) === true
  const minimal = state.since > 0 && /return=minimal/i.test(call.request.headers['prefer'] ?? '')
  const names = state.select?.filter((name) => name !== source.relationName)
  const body = project(item, { select: names, expand: [] })
  const kept = minimal
    ? Object.fromEntries(
        Object.entries(body).filter(([name]) => name === 'id' || (change.fields.get(name) ?? 0) > state.since),
      )
    : body
  return { ...kept, ...(related ? source.relation(id, { change, since: state.since }) : {}) }
}

function page(call: Call, source: DeltaSource, content: { value: Json[]; link: Json }): GraphAnswer {
  const context = contextOf(call.request, source.kind)
  return { status: 200, body: { '@odata.context': context, ...content.link, value: content.value } }
}

const pathOf = ({ request }: Call) => `${request.origin}/v1.0${request.path.split('?')[0] ?? ''}`

const nextLink = (call: Call, state: DeltaState): Json => ({
  '@odata.nextLink': `${pathOf(call)}?$skiptoken=${writeToken(state)}`,
})

const deltaLink = (call: Call, state: DeltaState): Json => ({
  '@odata.deltaLink': `${pathOf(call)}?$deltatoken=${writeToken({ ...state, since: state.after, at: call.tenant.now() })}`,
})
