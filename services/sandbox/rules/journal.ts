import type { Change, Tenant } from '../state.ts'

type Kind = 'users' | 'groups'

function reenter(tenant: Tenant, kind: Kind, id: string): Change {
  const journal = tenant.journal
  const before = journal[kind].get(id)
  const change: Change = {
    seq: ++journal.seq,
    fields: before?.fields ?? new Map<string, number>(),
    members: before?.members ?? new Map<string, { seq: number; removed: boolean }>(),
  }
  // Deleting first moves the entry to the end of the map, which therefore stays in the order of seq.
  journal[kind].delete(id)
  journal[kind].set(id, change)
  return change
}

/** Notes for delta queries which properties of an object have just changed. */
export function changed(tenant: Tenant, kind: Kind, change: { id: string; fields: Iterable<string> }): void {
  const entry = reenter(tenant, kind, change.id)
  for (const field of change.fields) entry.fields.set(field, entry.seq)
}

export function memberChanged(tenant: Tenant, groupId: string, member: { id: string; removed: boolean }): void {
  const entry = reenter(tenant, 'groups', groupId)
  entry.members.set(member.id, { seq: entry.seq, removed: member.removed })
}

/** `changed`: soft-deleted, may come back; `deleted`: gone for good. */
export function removed(tenant: Tenant, kind: Kind, gone: { id: string; reason: 'changed' | 'deleted' }): void {
  const entry = reenter(tenant, kind, gone.id)
  entry.removed = gone.reason
  entry.fields.clear()
  entry.members.clear()
}
