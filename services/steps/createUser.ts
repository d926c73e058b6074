import type { NewUser, User } from '../graph/index.ts'
import { isConflict } from '../graph/index.ts'
import { generatePassword } from '../secrets/password.ts'
import type { Observation, Step, StepContext } from './step.ts'
import { StepBlocked } from './step.ts'
import type { DeleteUserArgs } from './deleteUser.ts'
import { call, planned } from './target.ts'

export interface CreateUserArgs {
  profile: Omit<NewUser, 'passwordProfile' | 'accountEnabled' | 'onPremisesExtensionAttributes'>
  /** Which extension attribute holds the mark. */
  markAttribute: `extensionAttribute${number}`
  /** Set when the first password is what is handed over; otherwise nobody ever learns it. */
  keepPasswordMinutes?: number
}

const mark = (requestId: string): string => `latchkey:${requestId}`

/**
 * Creates the account. Graph has no idempotency key for this, so the account carries a mark: found by its user name
 * and with our mark, it is our own earlier attempt; without the mark it is a stranger's and stays untouched.
 * @see learn: graph/api/user-post-users
 */
export const createUser: Step<CreateUserArgs> = {
  kind: 'create-user',

  async observe(args, context) {
    const user = await context.graph.users.get(args.profile.userPrincipalName, call(context))
    if (!user) return { state: 'not' }
    if (user.onPremisesExtensionAttributes?.[args.markAttribute] !== mark(context.requestId)) return taken(args)
    if (!matches(user, args)) return { state: 'unseen' }
    await context.remember({ userId: user.id })
    return { state: 'so' }
  },

  async apply(args, context) {
    const password = await firstPassword(args, context)
    try {
      const user = await context.graph.users.create(
        {
          ...args.profile,
          accountEnabled: true,
          passwordProfile: { password, forceChangePasswordNextSignIn: true },
          onPremisesExtensionAttributes: { [args.markAttribute]: mark(context.requestId) },
        },
        call(context),
      )
      await context.remember({ userId: user.id })
    } catch (error) {
      // Taken by whom? Perhaps by our own attempt that is not visible yet: looking again will tell.
      if (isConflict(error, 'userPrincipalName')) return
      if (isConflict(error)) throw new StepBlocked(takenReason(args))
      throw error
    }
  },

  // Everything else that was done to the account goes with it.
  undo: (args, { userId }) => [
    planned('delete', {
      kind: 'delete-user',
      change: 'remove',
      title: 'Account',
      before: args.profile.userPrincipalName,
      after: 'deleted, restorable for 30 days',
      args: { userId, userPrincipalName: args.profile.userPrincipalName } satisfies DeleteUserArgs,
    }),
  ],
}

/** An attempt that may have reached Graph used the sealed password: the next one has to send the same. */
async function firstPassword(args: CreateUserArgs, context: StepContext): Promise<string> {
  if (args.keepPasswordMinutes === undefined) return generatePassword()
  const earlier = await context.unseal()
  if (earlier !== undefined) return earlier
  const value = generatePassword()
  const expiresAt = new Date(context.now.getTime() + args.keepPasswordMinutes * 60_000)
  await context.seal({ value, purpose: 'temporary-password', expiresAt })
  return value
}

const matches = (user: User, args: CreateUserArgs): boolean =>
  user.accountEnabled === true && user.displayName === args.profile.displayName

const takenReason = (args: CreateUserArgs) =>
  ({ code: 'user_name_taken', data: { userPrincipalName: args.profile.userPrincipalName } }) as const

const taken = (args: CreateUserArgs): Observation => ({ state: 'blocked', reason: takenReason(args) })
