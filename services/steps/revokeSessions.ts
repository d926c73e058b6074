import type { Step } from './step.ts'
import { call, target } from './target.ts'

export interface RevokeSessionsArgs {
  userId: string
}

/**
 * Ends every session: refresh tokens and browser cookies issued before now are worth nothing. Read back by the moment from
 * which sessions are valid. @see learn: graph/api/user-revokesigninsessions
 */
export const revokeSessions: Step<RevokeSessionsArgs> = {
  kind: 'revoke-sessions',

  async observe(args, context) {
    const from = (await context.graph.users.signInFacts(target(args, context), call(context)))?.sessionsValidFrom ?? ''
    const known = context.facts['sessionsBefore']
    if (known === undefined) {
      await context.remember({ sessionsBefore: from })
      return { state: 'not' }
    }
    return { state: from === known ? 'not' : 'so' }
  },

  apply: (args, context) => context.graph.users.revokeSessions(target(args, context), call(context)),

  // Sessions that were ended are begun again by signing in.
  undo: () => [],
}
