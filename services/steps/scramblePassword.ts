import { generatePassword } from '../secrets/password.ts'
import type { Step } from './step.ts'
import { call, target } from './target.ts'

export interface ScramblePasswordArgs {
  userId: string
}

/**
 * Sets a password that nobody learns. Read back by the moment of the last change.
 * @see learn: graph/api/user-update, passwordProfile: needs the User Administrator role on the app
 */
export const scramblePassword: Step<ScramblePasswordArgs> = {
  kind: 'scramble-password',

  async observe(args, context) {
    const changed = (await context.graph.users.signInFacts(target(args, context), call(context)))?.passwordChanged ?? ''
    const known = context.facts['passwordBefore']
    if (known === undefined) {
      await context.remember({ passwordBefore: changed })
      return { state: 'not' }
    }
    return { state: changed === known ? 'not' : 'so' }
  },

  apply: (args, context) =>
    context.graph.users.update(
      target(args, context),
      { passwordProfile: { password: generatePassword(), forceChangePasswordNextSignIn: true } },
      call(context),
    ),

  undo: () => 'The old password is gone: the person signs in with a new first sign-in and chooses another.',
}
