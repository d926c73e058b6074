import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface SetSignInArgs {
  userId?: string
  enabled: boolean
}

/** Blocks or allows sign-in. @see learn: graph/api/user-update, accountEnabled */
export const setSignIn: Step<SetSignInArgs> = {
  kind: 'set-sign-in',

  async observe(args, context) {
    const user = await context.graph.users.get(target(args, context), call(context))
    if (!user) return { state: 'unseen' }
    return user.accountEnabled === args.enabled
      ? { state: 'so' }
      : { state: 'not', before: { enabled: user.accountEnabled } }
  },

  apply: (args, context) =>
    context.graph.users.update(target(args, context), { accountEnabled: args.enabled }, call(context)),

  undo: (args, { userId }) => [
    planned('sign-in', {
      kind: 'set-sign-in',
      change: 'change',
      title: 'Sign-in',
      before: args.enabled ? 'allowed' : 'blocked',
      after: args.enabled ? 'blocked' : 'allowed',
      args: { userId, enabled: !args.enabled } satisfies SetSignInArgs,
    }),
  ],
}
