import { randomUUID } from 'node:crypto'
import { GraphFailure } from '../errors.ts'
import type { Call, Query } from '../http.ts'
import type { Item } from '../schema/shape.ts'
import { objectItem } from '../schema/shapes.ts'
import type { Tenant } from '../state.ts'

/** A list frozen when its first page was answered, so that pages neither repeat nor lose what changes in between. */
export interface Resumed {
  key: string
  offset: number
  ids: string[]
}

const LISTS_KEPT = 100

/** @throws GraphFailure 400 when the token is unknown or too old */
export function continuation(tenant: Tenant, query: Query): Resumed | undefined {
  const token = query['$skiptoken']
  if (token === undefined) return undefined
  const [key = '', offset = ''] = token.split('.')
  const ids = tenant.pages.get(key)
  if (ids === undefined || !/^\d+$/.test(offset)) {
    throw new GraphFailure(400, 'Directory_ExpiredPageToken', {
      message: 'The specified page token value has expired and can no longer be included in your request.',
    })
  }
  keep(tenant, key, ids)
  return { key, offset: Number(offset), ids }
}

/** The objects behind ids, without those that are gone. The whole list is computed only when the tenant itself lacks one. */
export function resolve(tenant: Tenant, ids: string[], items: () => Item[]): Item[] {
  const found = ids.map((id) => objectItem(tenant, id))
  if (found.every((one) => one !== undefined)) return found
  const byId = new Map(items().map((one) => [one.id, one]))
  return ids.flatMap((id, i) => found[i] ?? byId.get(id) ?? [])
}

function keep(tenant: Tenant, key: string, ids: string[]): void {
  tenant.pages.delete(key)
  tenant.pages.set(key, ids)
  const [oldest] = tenant.pages.keys()
  if (tenant.pages.size > LISTS_KEPT && oldest !== undefined) tenant.pages.delete(oldest)
}

/** The absolute @odata.nextLink: the request's own options and a token. */
export function issuePage({ request, tenant }: Call, list: { ids: string[]; offset: number; key?: string }): string {
  const key = list.key ?? randomUUID().replaceAll('-', '')
  if (list.key === undefined) keep(tenant, key, list.ids)
  const path = request.path.split('?')[0] ?? ''
  const options = Object.entries(request.query).filter(([name]) => name !== '$skiptoken' && name !== '$count')
  const query = [...options, ['$skiptoken', `${key}.${list.offset}`]]
  const text = query.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${request.origin}/v1.0${path}?${text}`
}
