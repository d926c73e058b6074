import type { Activity, ConversationReference } from 'botbuilder'
import { TurnContext } from 'botbuilder'
import type { Collection, CollectionSpec } from '../services/store/store.ts'
import { isPersonal, toldTimeZone } from './turn.ts'

/** Where a person can be written to, and how they read dates. `_id` is the Entra object id. */
export interface Conversation {
  _id: string
  /** Absent for somebody who has the app and is about to open it. */
  reference?: Partial<ConversationReference>
  /** As told last: an installation, for one, tells neither. */
  timeZone?: string
  locale?: string
}

export const CONVERSATIONS: CollectionSpec = { name: 'conversations', indexes: [] }

export interface Conversations {
  get(personId: string): Promise<Conversation | undefined>
  /** Keeps the private chat of this activity's sender. Resolves to true when it is new or moved. */
  remember(activity: Activity): Promise<boolean>
  /** This person is about to open the app: until then their cards wait, and nobody else is asked in their place. */
  expect(personId: string): Promise<void>
}

export function createConversations(collection: Collection<Conversation>): Conversations {
  // What was written last, so that an ordinary turn costs no write.
  const known = new Map<string, string>()
  return {
    async expect(personId) {
      known.delete(personId)
      await collection.update({ _id: personId }, { $unset: { reference: '' } }, { upsert: true })
    },
    get: (personId) => collection.get(personId),
    async remember(activity) {
      const id = activity.from?.aadObjectId
      if (!id || !isPersonal(activity)) return false
      const timeZone = toldTimeZone(activity)
      const conversation = {
        reference: referenceOf(activity),
        ...(timeZone ? { timeZone } : {}),
        ...(activity.locale ? { locale: activity.locale } : {}),
      }
      const written = JSON.stringify(conversation)
      if (known.get(id) === written) return false
      const before = await collection.get(id)
      await collection.update({ _id: id }, { $set: conversation }, { upsert: true })
      known.set(id, written)
      return before?.reference?.conversation?.id !== conversation.reference.conversation?.id
    },
  }
}

/** A reference without `activityId`: it names the chat, not one message in it. */
function referenceOf(activity: Activity): Partial<ConversationReference> {
  const { activityId: _one, ...reference } = TurnContext.getConversationReference(activity)
  return reference
}
