import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface AddressListArgs {
  userId: string
  show: boolean
}

/**
 * Whether the address list shows the person. Graph tells it and cannot change it, so somebody does it in Exchange.
 * @see learn: graph/api/resources/user, showInAddressList: "do not use in Microsoft Graph"
 */
export const addressList: Step<AddressListArgs> = {
  kind: 'address-list',

  async observe(args, context) {
    const user = await context.graph.users.get(target(args, context), call(context))
    if (!user) return { state: 'unseen' }
    const isShown = user.showInAddressList !== false
    if (isShown === args.show) return { state: 'so' }
    return { state: 'person', ...(context.ticked ? { reason: { code: 'not_seen_yet' as const } } : {}) }
  },

  apply: async () => undefined,

  undo: (args, { userId }) => [
    planned('address-list', {
      kind: 'address-list',
      change: 'change',
      title: 'Address list',
      before: args.show ? 'shown' : 'hidden',
      after: args.show ? 'hidden (by hand)' : 'shown (by hand)',
      args: { userId, show: !args.show } satisfies AddressListArgs,
      instructions: args.show ? TO_HIDE : TO_SHOW,
    }),
  ],
}

const STEPS = (what: string): string[] => [
  'Open the Exchange admin center, Recipients, Mailboxes.',
  `Choose the mailbox and ${what} "Hide from global address list".`,
  'Tick this when it is done. It takes some minutes to show; the rest does not wait for it.',
]
export const TO_HIDE = STEPS('switch on')
export const TO_SHOW = STEPS('switch off')
