import type { ConversationReference, TurnContext } from 'botbuilder'
import { z } from 'zod'
import type { Card } from '../cards/card.ts'
import type { TeamsAdapter } from './teamsAi.ts'
import { cardMessage } from './turn.ts'

/** Messages that nobody's turn asked for. */
export interface Teams {
  /** Resolves to the id of the new message. @throws NotReachable, or whatever the channel says */
  send(reference: Partial<ConversationReference>, card: Card): Promise<string>
  /** Replaces the card of a message. Resolves to false when that message is gone. @throws as `send` */
  update(reference: Partial<ConversationReference>, activityId: string, card: Card): Promise<boolean>
}

/** The app is not installed for this person, was removed, or is blocked. */
export class NotReachable extends Error {
  override readonly name = 'NotReachable'
}

const notReachable = (cause: unknown) => new NotReachable('Not installed, removed or blocked.', { cause })

const refused = z.object({ statusCode: z.number() })

export function createTeams(adapter: TeamsAdapter, botId: string): Teams {
  const statusOf = (error: unknown): number | undefined => refused.safeParse(error).data?.statusCode

  const within = async <T>(reference: Partial<ConversationReference>, say: SayIn<T>): Promise<T> => {
    let result: { value: T } | undefined
    await adapter.continueConversationAsync(botId, reference, async (context) => {
      result = { value: await say(context) }
    })
    if (!result) throw new Error('The channel ended the turn before the card was sent.')
    return result.value
  }

  return {
    async send(reference, card) {
      try {
        const sent = await within(reference, (context) => context.sendActivity(cardMessage(card)))
        if (!sent?.id) throw new Error('The channel gave the message no id.')
        return sent.id
      } catch (error) {
        const status = statusOf(error)
        if (status === 403 || status === 404) throw notReachable(error)
        throw error
      }
    },
    async update(reference, activityId, card) {
      try {
        await within(reference, (context) => context.updateActivity({ ...cardMessage(card), id: activityId }))
        return true
      } catch (error) {
        const status = statusOf(error)
        if (status === 404) return false
        throw status === 403 ? notReachable(error) : error
      }
    },
  }
}

type SayIn<T> = (context: TurnContext) => Promise<T>
