import { addressList } from './addressList.ts'
import { addToGroup } from './addToGroup.ts'
import { assignLicences } from './assignLicences.ts'
import { autoReply } from './autoReply.ts'
import { createUser } from './createUser.ts'
import { deleteUser, restoreUser } from './deleteUser.ts'
import { handOver } from './handOver.ts'
import { leaveGroup } from './leaveGroup.ts'
import { addOwner, removeOwner } from './owner.ts'
import { removeLicences } from './removeLicences.ts'
import { removeMethods } from './removeMethods.ts'
import { rerouteApprovals } from './rerouteApprovals.ts'
import { revokeSessions } from './revokeSessions.ts'
import { scramblePassword } from './scramblePassword.ts'
import { setDevice } from './setDevice.ts'
import { setManager } from './setManager.ts'
import { setSignIn } from './setSignIn.ts'
import { shareMailbox } from './shareMailbox.ts'
import type { Step, StepKind } from './step.ts'
import { markUndone, stopRequest } from './undoing.ts'

/** The table of contents: every kind of step there is. `args` were written by an operation's plan of the same kind. */
export const steps: Record<StepKind, Step> = {
  'create-user': createUser,
  'set-manager': setManager,
  'add-to-group': addToGroup,
  'assign-licences': assignLicences,
  'hand-over': handOver,
  'set-sign-in': setSignIn,
  'revoke-sessions': revokeSessions,
  'scramble-password': scramblePassword,
  'remove-methods': removeMethods,
  'auto-reply': autoReply,
  'address-list': addressList,
  'add-owner': addOwner,
  'remove-owner': removeOwner,
  'leave-group': leaveGroup,
  'remove-licences': removeLicences,
  'set-device': setDevice,
  'share-mailbox': shareMailbox,
  'reroute-approvals': rerouteApprovals,
  'delete-user': deleteUser,
  'restore-user': restoreUser,
  'stop-request': stopRequest,
  'mark-undone': markUndone,
}
