import type { AutomaticReplies } from '../graph/index.ts'
import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface AutoReplyArgs {
  userId: string
  setting: AutomaticReplies
}

/** Sets, or puts back, the automatic reply. @see learn: graph/api/user-update-mailboxsettings */
export const autoReply: Step<AutoReplyArgs> = {
  kind: 'auto-reply',

  async observe(args, context) {
    const settings = await context.graph.users.mailboxSettings(target(args, context), call(context))
    // A mailbox whose licence came back a moment ago takes minutes to be there.
    if (!settings) return { state: 'unseen' }
    const now = settings.automaticRepliesSetting
    return isSame(now, args.setting) ? { state: 'so' } : { state: 'not', before: { setting: now ?? null } }
  },

  apply: (args, context) =>
    context.graph.users.updateMailboxSettings(
      target(args, context),
      { automaticRepliesSetting: args.setting },
      call(context),
    ),

  undo(_args, { saved, userId }) {
    const setting = (saved['setting'] as AutomaticReplies | null) ?? { status: 'disabled' }
    const after = setting.status === 'disabled' ? 'off' : 'as it was'
    const args: AutoReplyArgs = { userId, setting }
    return [
      planned('auto-reply', { kind: 'auto-reply', change: 'change', title: 'Auto-reply', before: 'on', after, args }),
    ]
  },
}

/** Exchange wraps a reply in HTML of its own: what it says is what counts. */
const said = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()

export const isSame = (now: AutomaticReplies | null | undefined, wanted: AutomaticReplies): boolean =>
  now?.status === wanted.status &&
  said(now.internalReplyMessage) === said(wanted.internalReplyMessage) &&
  said(now.externalReplyMessage) === said(wanted.externalReplyMessage)
