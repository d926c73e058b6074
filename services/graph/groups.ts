import type { Call } from './call.ts'
import type { Group } from './group.ts'
import type { User } from './user.ts'

/** All reject with GraphRefused or GraphUnreachable. Ids are object ids. */
export interface Groups {
  get(id: string, call?: Call): Promise<Group | undefined>
  list(options?: { filter?: string }, call?: Call): AsyncIterable<Group>
  /** By the start of the name or mail address; if none, by words inside the name. Limit 25 unless told. */
  search(text: string, options?: { limit?: number }, call?: Call): Promise<Group[]>
  /** Exactly this name, as Graph compares (without case). Names are not unique. */
  findByName(displayName: string, call?: Call): Promise<Group[]>
  /** Direct members that are users. */
  members(id: string, call?: Call): AsyncIterable<User>
  /** Which of the groups the user is in, directly or through other groups. */
  isMember(groupIds: string[], userId: string, call?: Call): Promise<string[]>
  /** Being a member already is not an error. */
  addMember(groupId: string, userId: string, call?: Call): Promise<void>
  /** One write for up to 20, all or nothing: a user who is already a member fails the twenty, so ask first. */
  addMembers(groupId: string, userIds: string[], call?: Call): Promise<void>
  /** Not being a member is not an error. */
  removeMember(groupId: string, userId: string, call?: Call): Promise<void>
  owners(id: string, call?: Call): Promise<User[]>
  addOwner(groupId: string, userId: string, call?: Call): Promise<void>
  removeOwner(groupId: string, userId: string, call?: Call): Promise<void>
}
