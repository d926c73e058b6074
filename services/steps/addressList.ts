import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface AddressListArgs {
  userId: string
  /** Null is what a new account has: shown, but nobody ever said so. */
  show: boolean | null
}

/** Hides the person from the address list, or shows them again. @see learn: graph/api/resources/user, showInAddressList */
export const addressList: Step<AddressListArgs> = {
  kind: 'address-list',

  async observe(args, context) {
    const user = await context.graph.users.get(target(args, context), call(context))
    if (!user) return { state: 'unseen' }
    const show = user.showInAddressList ?? null
    return show === args.show ? { state: 'so' } : { state: 'not', before: { show } }
  },

  apply: (args, context) =>
    context.graph.users.update(target(args, context), { showInAddressList: args.show }, call(context)),

  undo(_args, { saved, userId }) {
    const args: AddressListArgs = {
      userId,
      show: saved['show'] === false ? false : saved['show'] === true ? true : null,
    }
    const after = args.show === false ? 'hidden' : 'shown'
    return [
      planned('address-list', {
        kind: 'address-list',
        change: 'change',
        title: 'Address list',
        before: 'hidden',
        after,
        args,
      }),
    ]
  },
}
