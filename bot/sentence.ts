import type { TurnContext } from 'botbuilder'
import { INVOKE_RESPONSE_KEY } from 'botbuilder'

/** Says a sentence: in the chat, or as the answer to a click where it was one. */
export async function saySentence(context: TurnContext, sentence: string): Promise<void> {
  if (context.activity.type !== 'invoke') return void (await context.sendActivity(sentence))
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence }
  context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value: { status: 200, body } })
}
