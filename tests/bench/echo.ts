import type { AddressInfo } from 'node:net'
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  type TurnContext,
} from 'botbuilder'
import express from 'express'

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Approved', weight: 'Bolder' },
    { type: 'TextBlock', text: 'By Megan Bowen', wrap: true },
  ],
}

/** What botbuilder costs by itself: says what it hears, and answers a click with a card that never changes. */
async function echo(context: TurnContext): Promise<void> {
  const { type, text } = context.activity
  if (type === 'message') await context.sendActivity(text)
  if (type !== 'invoke') return
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD }
  context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value: { status: 200, body } })
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const server = express()
server.disable('x-powered-by')
server.post('/api/messages', express.json({ limit: '256kb' }), async (req, res) => adapter.process(req, res, echo))
const listening = server.listen(0, '127.0.0.1', () => {
  console.log(`Echo listens on 127.0.0.1:${(listening.address() as AddressInfo).port}`)
})
