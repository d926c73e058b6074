import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGraph, type Graph, type GraphOptions, type RequestEvent } from '../../../services/graph/index.ts'

export interface Received {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** What the server does with one request: answers, or drops or keeps the connection. */
export type Reply = { status: number; headers?: Record<string, string>; body?: unknown; raw?: string } | 'drop' | 'hang'

export interface Scripted {
  graph: Graph
  url: string
  received: Received[]
  slept: number[]
  events: RequestEvent[]
  close: () => Promise<void>
}

export const ok = (body: unknown = { value: [] }): Reply => ({ status: 200, body })
export const refuse = (status: number, code = 'Request_BadRequest', details?: unknown[]): Reply => ({
  status,
  body: { error: { code, message: 'Secret words about people', details, innerError: { 'request-id': 'r-1' } } },
})

/** A Graph client in front of a server that plays the replies in order, and the last one for ever. */
export async function scripted(replies: Reply[], options: Partial<GraphOptions> = {}): Promise<Scripted> {
  const received: Received[] = []
  const slept: number[] = []
  const events: RequestEvent[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const reply = replies[Math.min(received.length, replies.length - 1)] ?? 'drop'
      received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      play(reply, request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const graph = createGraph({
    baseUrl: url,
    token: async () => 'token-of-the-app',
    sleep: async (ms) => void slept.push(ms),
    onRequest: (event) => events.push(event),
    ...options,
  })
  return {
    graph,
    url,
    received,
    slept,
    events,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function play(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'hang') return
  if (reply === 'drop') {
    request.socket.destroy()
    return
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
  response.end(reply.raw ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body)))
}
