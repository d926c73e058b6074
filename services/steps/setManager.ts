import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface SetManagerArgs {
  userId?: string
  managerId: string
  /** Taken back only from this manager: who got another one since keeps that one. */
  from?: string
}

/** @see learn: graph/api/user-post-manager */
export const setManager: Step<SetManagerArgs> = {
  kind: 'set-manager',

  async observe(args, context) {
    const manager = await context.graph.users.manager(target(args, context), call(context))
    if (manager?.id === args.managerId) return { state: 'so' }
    return { state: 'not', before: { managerId: manager?.id ?? null, managerName: manager?.displayName ?? null } }
  },

  apply: (args, context) => context.graph.users.setManager(target(args, context), args.managerId, call(context)),

  undo(args, { planned: done, saved }) {
    const managerId = saved['managerId']
    if (typeof managerId !== 'string') return 'There was no manager before.'
    const back: SetManagerArgs = { ...(args.userId ? { userId: args.userId } : {}), managerId, from: args.managerId }
    return [planned(done.id, { ...done, before: done.after, after: done.before, args: back, needs: [] })]
  },
}
