import type { Call } from './call.ts'
import { changesOfUsers } from './changes.ts'
import type { GroupOrRole } from './group.ts'
import { ADVANCED, found, items } from './pages.ts'
import { path } from './path.ts'
import { createRelations } from './relations.ts'
import { searchUsers } from './search.ts'
import type { Transport } from './transport.ts'
import { USER_FIELDS, type NewUser, type User, type UserPatch } from './user.ts'

export interface ListOptions {
  /** OData; escape values with `quote`. */
  filter?: string
  /** For ne, not, endsWith and the like: reads an index that lags a little (learn: graph/aad-advanced-queries). */
  advanced?: boolean
  /** Page size, 1…999. */
  top?: number
}

export interface LicenseChange {
  add: { skuId: string; disabledPlans?: string[] }[]
  remove: string[]
}

/** Something a user owns: a group, an application, a service principal … `'@odata.type'` tells which. */
export interface OwnedObject {
  '@odata.type': string
  id: string
  displayName: string
}

export interface MailboxSettings {
  timeZone?: string | null
  language?: { locale: string; displayName?: string } | null
  automaticRepliesSetting?: AutomaticReplies | null
  /** What the mailbox is; read-only. Exchange converts it, Graph only tells. */
  userPurpose?: 'user' | 'linked' | 'shared' | 'room' | 'equipment' | 'others' | null
}

/** Moments that tell whether sessions were ended and the password was changed; ISO 8601. */
export interface SignInFacts {
  sessionsValidFrom: string | null
  passwordChanged: string | null
}

export interface AutomaticReplies {
  status: 'disabled' | 'alwaysEnabled' | 'scheduled'
  externalAudience?: 'none' | 'contactsOnly' | 'all'
  internalReplyMessage?: string | null
  externalReplyMessage?: string | null
}

/** One page of changes. Keep `next` (a link without its host): give it back to go on, at once or another day. */
export interface UserChanges {
  changed: (Partial<User> & { id: string })[]
  /** `restorable`: soft-deleted; false: gone for good. May name users never seen. */
  removed: { id: string; restorable: boolean }[]
  next: string
  /** True when this was the last page for now: `next` is then for the next sync. */
  complete: boolean
}

/** All reject with GraphRefused or GraphUnreachable. `id` is an object id or, unless it says otherwise, a UPN. */
export interface Users {
  /** Undefined when there is no such user (also within about a minute of its creation: replication). */
  get(idOrUpn: string, call?: Call): Promise<User | undefined>
  /** Never retried where it may have happened: @throws GraphUnreachable with `mayHaveHappened`. */
  create(user: NewUser, call?: Call): Promise<User>
  update(id: string, patch: UserPatch, call?: Call): Promise<void>
  /** Soft: restorable for 30 days through `deletedUsers`. */
  remove(id: string, call?: Call): Promise<void>
  /** By the start of name, given name, surname, UPN or mail; if nobody, by words inside the name. Limit 25 unless told. */
  search(text: string, options?: { limit?: number }, call?: Call): Promise<User[]>
  list(options?: ListOptions, call?: Call): AsyncIterable<User>
  /** Changes since `link`; without it, everybody. @throws GraphRefused that `isStaleLink` when the link is too old. */
  changes(link?: string, call?: Call): Promise<UserChanges>
  manager(id: string, call?: Call): Promise<User | undefined>
  /** Both are object ids. */
  setManager(id: string, managerId: string, call?: Call): Promise<void>
  /** Having none already is not an error. */
  removeManager(id: string, call?: Call): Promise<void>
  directReports(id: string, call?: Call): Promise<User[]>
  /** Direct memberships only. */
  memberOf(id: string, call?: Call): Promise<GroupOrRole[]>
  ownedObjects(id: string, call?: Call): Promise<OwnedObject[]>
  assignLicense(id: string, change: LicenseChange, call?: Call): Promise<void>
  /** Asks Microsoft to look at the licences that groups hand down once more, e.g. when a seat is free again. */
  reprocessLicences(id: string, call?: Call): Promise<void>
  /** Refresh tokens and browser sessions; takes a few minutes to bite, and does nothing for guests. */
  revokeSessions(id: string, call?: Call): Promise<void>
  /** Undefined when there is no such user. */
  signInFacts(id: string, call?: Call): Promise<SignInFacts | undefined>
  /** Undefined when the user has no mailbox. */
  mailboxSettings(id: string, call?: Call): Promise<MailboxSettings | undefined>
  updateMailboxSettings(id: string, patch: MailboxSettings, call?: Call): Promise<void>
}

interface RawFacts {
  signInSessionsValidFromDateTime?: string | null
  lastPasswordChangeDateTime?: string | null
}

const SELECT = USER_FIELDS.join(',')

export function createUsers(transport: Transport): Users {
  const { send } = transport
  return {
    get: (id, call) => found(send<User>({ method: 'GET', path: path`/users/${id}`, query: { $select: SELECT }, call })),
    create: (user, call) => send<User>({ method: 'POST', path: path`/users`, body: user, call }),
    update: (id, patch, call) => send({ method: 'PATCH', path: path`/users/${id}`, body: patch, call }),
    remove: (id, call) => send({ method: 'DELETE', path: path`/users/${id}`, call }),
    search: (text, { limit } = {}, call) => searchUsers(transport, { text, limit, call }),
    list: ({ filter, advanced = false, top = 999 } = {}, call) => {
      const query = { $select: SELECT, $filter: filter, $top: top, $count: advanced ? 'true' : undefined }
      return items<User>(transport, { path: path`/users`, query, headers: advanced ? ADVANCED : {}, call })
    },
    changes: (link, call) => changesOfUsers(transport, link, call),
    ...createRelations(transport),
    assignLicense: async (id, { add, remove }, call) => {
      const addLicenses = add.map(({ skuId, disabledPlans = [] }) => ({ skuId, disabledPlans }))
      const body = { addLicenses, removeLicenses: remove }
      // Giving twice is giving once; taking away what is gone is refused.
      const repeatable = remove.length === 0
      await send({ method: 'POST', path: path`/users/${id}/assignLicense`, body, repeatable, call })
    },
    reprocessLicences: async (id, call) => {
      await send({ method: 'POST', path: path`/users/${id}/reprocessLicenseAssignment`, repeatable: true, call })
    },
    revokeSessions: async (id, call) => {
      await send({ method: 'POST', path: path`/users/${id}/revokeSignInSessions`, repeatable: true, call })
    },
    signInFacts: async (id, call) => {
      const query = { $select: 'signInSessionsValidFromDateTime,lastPasswordChangeDateTime' }
      const user = await found(send<RawFacts>({ method: 'GET', path: path`/users/${id}`, query, call }))
      if (!user) return undefined
      const { signInSessionsValidFromDateTime: valid, lastPasswordChangeDateTime: changed } = user
      return { sessionsValidFrom: valid ?? null, passwordChanged: changed ?? null }
    },
    mailboxSettings: (id, call) => {
      const query = { $select: 'automaticRepliesSetting,timeZone,language,userPurpose' }
      return found(send<MailboxSettings>({ method: 'GET', path: path`/users/${id}/mailboxSettings`, query, call }))
    },
    updateMailboxSettings: async (id, patch, call) => {
      await send({ method: 'PATCH', path: path`/users/${id}/mailboxSettings`, body: patch, call })
    },
  }
}
