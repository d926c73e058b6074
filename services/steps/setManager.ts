import type { Step } from './step.ts'
import { call, target } from './target.ts'

export interface SetManagerArgs {
  userId?: string
  managerId: string
}

/** @see learn: graph/api/user-post-manager */
export const setManager: Step<SetManagerArgs> = {
  kind: 'set-manager',

  async observe(args, context) {
    const manager = await context.graph.users.manager(target(args, context), call(context))
    return { state: manager?.id === args.managerId ? 'so' : 'not' }
  },

  apply: (args, context) => context.graph.users.setManager(target(args, context), args.managerId, call(context)),
}
