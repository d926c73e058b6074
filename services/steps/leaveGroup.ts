import { isGroup } from '../graph/index.ts'
import type { AddToGroupArgs } from './addToGroup.ts'
import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface LeaveGroupArgs {
  userId: string
  groupId: string
  groupName: string
}

/** @see learn: graph/api/group-delete-members */
export const leaveGroup: Step<LeaveGroupArgs> = {
  kind: 'leave-group',

  async observe(args, context) {
    const memberships = await context.graph.users.memberOf(target(args, context), call(context))
    const group = memberships.find((m) => isGroup(m) && m.id === args.groupId)
    if (!group) return { state: 'so' }
    const skuIds = (group.assignedLicenses ?? []).map((l) => l.skuId)
    return { state: 'not', before: { member: true, ...(skuIds.length > 0 ? { skuIds } : {}) } }
  },

  apply: (args, context) => context.graph.groups.removeMember(args.groupId, target(args, context), call(context)),

  undo: (args, { saved }) => [
    planned(`group:${args.groupId}`, {
      kind: 'add-to-group',
      change: 'add',
      title: 'Group',
      before: '',
      after: args.groupName,
      args: {
        userId: args.userId,
        groupId: args.groupId,
        ...(Array.isArray(saved['skuIds']) ? { skuIds: saved['skuIds'].map(String) } : {}),
      } satisfies AddToGroupArgs,
    }),
  ],
}
