import { isGroup } from '../graph/index.ts'
import type { Step } from './step.ts'
import { call, target } from './target.ts'

export interface AddToGroupArgs {
  userId?: string
  groupId: string
}

/** @see learn: graph/api/group-post-members */
export const addToGroup: Step<AddToGroupArgs> = {
  kind: 'add-to-group',

  async observe(args, context) {
    // Direct membership: being in it through another group is not what was planned.
    const memberships = await context.graph.users.memberOf(target(args, context), call(context))
    return { state: memberships.some((m) => isGroup(m) && m.id === args.groupId) ? 'so' : 'not' }
  },

  apply: (args, context) => context.graph.groups.addMember(args.groupId, target(args, context), call(context)),
}
