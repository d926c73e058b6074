import type { Call } from './call.ts'

export interface DeletedUser {
  id: string
  displayName: string
  /** As it was: Graph puts the object id in front of the UPN of a deleted user, we take it off. */
  userPrincipalName: string
  /** ISO 8601; restorable for 30 days from here. */
  deletedDateTime: string | null
}

export interface DeletedUsers {
  get(id: string, call?: Call): Promise<DeletedUser | undefined>
  /** All who were deleted with this UPN, newest first. Reads the whole bin. */
  findByUpn(userPrincipalName: string, call?: Call): Promise<DeletedUser[]>
  /** @throws GraphRefused with a conflict when somebody else has the UPN now. */
  restore(id: string, call?: Call): Promise<void>
  /** For good; there is no way back. */
  remove(id: string, call?: Call): Promise<void>
}
