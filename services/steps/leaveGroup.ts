import { isGroup } from '../graph/index.ts'
import type { AddToGroupArgs } from './addToGroup.ts'
import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface LeaveGroupArgs {
  userId: string
  groupId: string
  groupName: string
  gives: string[]
}

/** @see learn: graph/api/group-delete-members */
export const leaveGroup: Step<LeaveGroupArgs> = {
  kind: 'leave-group',

  async observe(args, context) {
    const memberships = await context.graph.users.memberOf(target(args, context), call(context))
    const isIn = memberships.some((m) => isGroup(m) && m.id === args.groupId)
    return isIn ? { state: 'not', before: { member: true } } : { state: 'so' }
  },

  apply: (args, context) => context.graph.groups.removeMember(args.groupId, target(args, context), call(context)),

  undo: (args) => [
    planned(`group:${args.groupId}`, {
      kind: 'add-to-group',
      change: 'add',
      title: 'Group',
      before: '',
      after: args.groupName,
      args: { userId: args.userId, groupId: args.groupId, gives: args.gives } satisfies AddToGroupArgs,
    }),
  ],
}
