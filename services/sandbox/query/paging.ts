import { randomUUID } from 'node:crypto'
import { GraphFailure } from '../errors.ts'
import type { Call, Query } from '../http.ts'
import type { Item } from '../schema/shape.ts'
import type { Tenant } from '../state.ts'

/** A list frozen when its first page was answered, so that pages neither repeat nor lose what changes in between. */
export interface Resumed {
  key: string
  offset: number
  pick(items: Item[]): Item[]
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
  return {
    key,
    offset: Number(offset),
    pick(items) {
      const byId = new Map(items.map((one) => [one.id, one]))
      // Vanished objects keep their place as undefined until here, so that offsets stay true.
      return ids.map((id) => byId.get(id) ?? gone(id))
    },
  }
}

const gone = (id: string): Item => ({
  id,
  type: 'directoryObject',
  properties: new Map(),
  directory: true,
  read: () => undefined,
  expand: () => undefined,
  navigations: [],
})

export const isGone = (item: Item) => item.properties.size === 0

/** The absolute @odata.nextLink: the request's own options and a token. */
export function issuePage(
  { request, tenant }: Call,
  list: { items: Item[]; offset: number; resumed: Resumed | undefined },
): string {
  const key = list.resumed?.key ?? randomUUID().replaceAll('-', '')
  if (list.resumed === undefined) {
    tenant.pages.set(
      key,
      list.items.map(({ id }) => id),
    )
    const [oldest] = tenant.pages.keys()
    if (tenant.pages.size > LISTS_KEPT && oldest !== undefined) tenant.pages.delete(oldest)
  }
  const path = request.path.split('?')[0] ?? ''
  const options = Object.entries(request.query).filter(([name]) => name !== '$skiptoken' && name !== '$count')
  const query = [...options, ['$skiptoken', `${key}.${list.offset}`]]
  const text = query.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${request.origin}/v1.0${path}?${text}`
}
