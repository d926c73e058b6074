import type { Call } from './call.ts'
import { relative } from './pages.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type User } from './user.ts'
import type { UserChanges } from './users.ts'

type Entry = Partial<User> & { id: string; '@removed'?: { reason: 'changed' | 'deleted' } }

interface DeltaPage {
  value: Entry[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
}

/** One page of `/users/delta`. Its links carry the options: they are sent back as they are (learn: delta-query-overview). */
export async function changesOfUsers(transport: Transport, link?: string, call?: Call): Promise<UserChanges> {
  const start = path`/users/delta`
  const page = await transport.send<DeltaPage>({
    method: 'GET',
    path: link === undefined ? start : { url: relative(link), template: start.template },
    query: link === undefined ? { $select: USER_FIELDS.join(',') } : {},
    call,
  })
  const next = page['@odata.nextLink'] ?? page['@odata.deltaLink'] ?? ''
  return {
    changed: page.value.filter((entry) => !entry['@removed']),
    removed: page.value.flatMap(({ id, '@removed': removed }) =>
      removed ? [{ id, restorable: removed.reason === 'changed' }] : [],
    ),
    next: relative(next),
    complete: page['@odata.nextLink'] === undefined,
  }
}
