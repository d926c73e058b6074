import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface ShareMailboxArgs {
  userId: string
  to: 'shared' | 'user'
}

/**
 * Graph cannot convert a mailbox, but it can tell what a mailbox is: somebody converts it and ticks the step, and it is done
 * when Graph says so. @see learn: graph/api/resources/mailboxsettings, userPurpose
 */
export const shareMailbox: Step<ShareMailboxArgs> = {
  kind: 'share-mailbox',

  async observe(args, context) {
    const settings = await context.graph.users.mailboxSettings(target(args, context), call(context))
    if (!settings) return { state: 'blocked', reason: { code: 'gone', data: { what: 'mailbox' } } }
    if (settings.userPurpose === args.to) return { state: 'so' }
    return { state: 'person', ...(context.ticked ? { reason: { code: 'mailbox_not_safe' as const } } : {}) }
  },

  apply: async () => undefined,

  undo(args, { userId }) {
    const to = args.to === 'shared' ? 'user' : 'shared'
    return [
      planned('mailbox', {
        kind: 'share-mailbox',
        change: 'change',
        title: 'Mailbox',
        before: WORDS[args.to],
        // The way back is somebody's work as well, and the approver should see it.
        after: `${WORDS[to]} (by hand)`,
        args: { userId, to } satisfies ShareMailboxArgs,
        instructions: to === 'user' ? TO_USER : TO_SHARED,
      }),
    ]
  },
}

const WORDS: Record<ShareMailboxArgs['to'], string> = { shared: 'shared', user: 'personal' }

const STEPS = (to: string): string[] => [
  'Open the Exchange admin center, Recipients, Mailboxes.',
  `Choose the mailbox, Others, Convert to ${to} mailbox.`,
  'Tick this when it is done. It takes Exchange some minutes; the rest follows by itself.',
]
export const TO_SHARED = STEPS('shared')
export const TO_USER = STEPS('regular')
