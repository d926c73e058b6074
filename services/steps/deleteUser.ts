import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface DeleteUserArgs {
  userId?: string
  userPrincipalName: string
  /** Days after everything else was done. Absent: at once. */
  afterDays?: number
}

const DAY_MS = 86_400_000

/** Soft delete: restorable for 30 days. @see learn: graph/api/user-delete */
export const deleteUser: Step<DeleteUserArgs> = {
  kind: 'delete-user',

  async observe(args, context) {
    const userId = target(args, context)
    const user = await context.graph.users.get(userId, call(context))
    if (!user) return { state: (await context.graph.deletedUsers.get(userId, call(context))) ? 'so' : 'unseen' }
    const at = new Date(context.startedAt.getTime() + (args.afterDays ?? 0) * DAY_MS)
    if (at > context.now) return { state: 'later', at }
    return { state: 'not', before: { userPrincipalName: user.userPrincipalName } }
  },

  apply: (args, context) => context.graph.users.remove(target(args, context), call(context)),

  undo: (args, { userId }) => [
    planned('restore', {
      kind: 'restore-user',
      change: 'add',
      title: 'Account',
      before: 'deleted',
      after: args.userPrincipalName,
      args: { userId, userPrincipalName: args.userPrincipalName } satisfies RestoreUserArgs,
    }),
  ],
}

export interface RestoreUserArgs {
  userId: string
  userPrincipalName: string
}

/** @see learn: graph/api/directory-deleteditems-restore */
export const restoreUser: Step<RestoreUserArgs> = {
  kind: 'restore-user',

  async observe(args, context) {
    if (await context.graph.users.get(args.userId, call(context))) return { state: 'so' }
    const isInBin = await context.graph.deletedUsers.get(args.userId, call(context))
    return isInBin
      ? { state: 'not' }
      : { state: 'blocked', reason: { code: 'gone', data: { what: args.userPrincipalName } } }
  },

  apply: (args, context) => context.graph.deletedUsers.restore(args.userId, call(context)),
}
