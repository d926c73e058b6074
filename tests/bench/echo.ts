import { appendFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { INVOKE_RESPONSE_KEY, type TurnContext } from 'botbuilder'
import express from 'express'
import { createAdapter } from '../../bot/adapter.ts'
import { sandboxToken } from '../../services/graph/index.ts'

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Approved', weight: 'Bolder' },
    { type: 'TextBlock', text: 'By Megan Bowen', wrap: true },
  ],
}

const { FLOOR_GRAPH, FLOOR_FILE } = process.env

/** As much as a request is in the embedded store's file. */
const LINE = `${JSON.stringify({ request: 'x'.repeat(4_000) })}\n`

/** The two things that no decision can do without: ask Graph whether this person still may, and put it on disk. */
async function askAndWrite(personId: string): Promise<void> {
  const url = `${FLOOR_GRAPH}/v1.0/users/${personId}?$select=id,accountEnabled`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${await token()}` } })
  if (!((await answer.json()) as { accountEnabled: boolean }).accountEnabled) throw new Error('Disabled')
  await appendFile(FLOOR_FILE ?? '', LINE)
}
const token = sandboxToken()

/**
 * What botbuilder costs by itself: says what it hears, and answers a click with a card that never changes. With
 * FLOOR_GRAPH and FLOOR_FILE it does, before that, what no decision can do without.
 */
async function echo(context: TurnContext): Promise<void> {
  const { type, text } = context.activity
  if (type === 'message') await context.sendActivity(text)
  if (type !== 'invoke') return
  if (FLOOR_GRAPH) await askAndWrite(context.activity.from.aadObjectId ?? '')
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD }
  context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value: { status: 200, body } })
}

const adapter = createAdapter(undefined)
const server = express()
server.disable('x-powered-by')
server.post('/api/messages', express.json({ limit: '256kb' }), async (req, res) => adapter.process(req, res, echo))
const listening = server.listen(0, '127.0.0.1', () => {
  console.log(`Echo listens on 127.0.0.1:${(listening.address() as AddressInfo).port}`)
})
