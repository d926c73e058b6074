import type { Call } from './call.ts'
import type { GroupOrRole } from './group.ts'
import type { NewUser, User, UserPatch } from './user.ts'

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
  /** `filter` is OData; escape values with `quote`. `top` is the page size (1…999). */
  list(options?: { filter?: string; top?: number }, call?: Call): AsyncIterable<User>
  /** Changes since `link`; without it, everybody. @throws GraphRefused 410 (or another 40x) when the link is too old. */
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
  /** Refresh tokens and browser sessions; takes a few minutes to bite, and does nothing for guests. */
  revokeSessions(id: string, call?: Call): Promise<void>
  /** Undefined when the user has no mailbox. */
  mailboxSettings(id: string, call?: Call): Promise<MailboxSettings | undefined>
  updateMailboxSettings(id: string, patch: MailboxSettings, call?: Call): Promise<void>
}
