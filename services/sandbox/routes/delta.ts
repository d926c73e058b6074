import type { Call, Json, Route } from '../http.ts'
import { deltaAnswer, type DeltaSource } from '../query/delta.ts'
import { groupShape, objectItem, userShape } from '../schema/shapes.ts'

const reference = (call: Call, id: string): Json => ({
  '@odata.type': `#microsoft.graph.${objectItem(call.tenant, id)?.type ?? 'user'}`,
  id,
})

function users(call: Call): DeltaSource {
  const { tenant } = call
  return {
    kind: 'users',
    target: userShape,
    item: (id) => objectItem(tenant, id),
    record: (id) => tenant.users.get(id),
    relationName: 'manager',
    relation(id, { change, since }) {
      const managerId = tenant.users.get(id)?.managerId
      if (since > 0 && (change.fields.get('manager') ?? 0) <= since) return undefined
      return managerId === undefined ? undefined : { 'manager@delta': [reference(call, managerId)] }
    },
  }
}

function groups(call: Call): DeltaSource {
  const { tenant } = call
  return {
    kind: 'groups',
    target: groupShape,
    item: (id) => objectItem(tenant, id),
    record: (id) => tenant.groups.get(id),
    relationName: 'members',
    relation(id, { change, since }) {
      if (since === 0) {
        return { 'members@delta': [...(tenant.groups.get(id)?.members ?? [])].map((member) => reference(call, member)) }
      }
      const latest = [...change.members].filter(([, { seq }]) => seq > since)
      if (latest.length === 0) return undefined
      const members = latest.map(([member, { removed }]) => ({
        ...reference(call, member),
        ...(removed ? { '@removed': { reason: 'deleted' } } : {}),
      }))
      return { 'members@delta': members }
    },
  }
}

export const deltaRoutes: readonly Route[] = [
  ['GET', '/users/delta', (call) => deltaAnswer(call, users(call))],
  ['GET', '/groups/delta', (call) => deltaAnswer(call, groups(call))],
]
