import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Card } from '../../cards/card.ts'

/** A message as it stands in a chat right now. */
export interface Message {
  id: string
  conversationId: string
  text: string | undefined
  card: Card | undefined
  /** How often it was painted over. */
  updates: number
}

/** What Teams is to a bot: the service that takes its messages. Stands on loopback, so the real adapter is used. */
export interface Teams {
  url: string
  messages(conversationId: string): Message[]
  /** Every request that ever came, as `PUT /v3/… {…}`: also what was painted over since, or refused. */
  received: readonly string[]
  /** As if this person had removed or blocked the app. */
  block(conversationId: string): void
  unblock(conversationId: string): void
  close(): Promise<void>
}

const ROUTE = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/

interface Sent {
  text?: string
  attachments?: { content: Card }[]
}

export async function openTeams(): Promise<Teams> {
  const all: Message[] = []
  const blocked = new Set<string>()
  const received: string[] = []
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      received.push(`${req.method ?? ''} ${req.url ?? ''} ${Buffer.concat(chunks).toString()}`)
      const [, conversation, activity] = ROUTE.exec(req.url ?? '') ?? []
      const conversationId = decodeURIComponent(conversation ?? '')
      const answer = (status: number, body: object): void => {
        res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (blocked.has(conversationId)) return answer(403, { error: { code: 'BotNotInConversationRoster' } })
      const sent = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Sent
      const content = { text: sent.text, card: sent.attachments?.[0]?.content }
      if (req.method === 'PUT') {
        const message = all.find((m) => m.id === activity)
        if (!message) return answer(404, { error: { code: 'ActivityNotFoundInConversation' } })
        Object.assign(message, content, { updates: message.updates + 1 })
        return answer(200, { id: message.id })
      }
      const message = { id: `m${all.length + 1}`, conversationId, ...content, updates: 0 }
      all.push(message)
      answer(201, { id: message.id })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    messages: (conversationId) => all.filter((m) => m.conversationId === conversationId),
    block: (id) => void blocked.add(id),
    unblock: (id) => void blocked.delete(id),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
