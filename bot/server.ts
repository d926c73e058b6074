import type { Server } from 'node:http'
import express, { type NextFunction, type Request, type Response } from 'express'
import type { Logger } from 'pino'
import type { createApp } from './app.ts'
import { channelResponse } from './channelResponse.ts'
import { isActivity, isTooDeep } from './envelope.ts'
import type { Metrics } from './metrics.ts'
import type { TeamsAdapter } from './teamsAi.ts'
import type { Turns } from './turns.ts'

export interface ServerOptions {
  app: ReturnType<typeof createApp>
  adapter: TeamsAdapter
  log: Logger
  metrics: Metrics
  turns: Turns
  /** Rejects when the store or Graph cannot be reached. */
  ready(): Promise<void>
  /** Without authentication only this machine may speak to the bot. */
  loopbackOnly: boolean
}

/** The largest activity that Teams sends is far below this. */
const LARGEST = '256kb'
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

export function createServer(options: ServerOptions) {
  const { app, adapter, log, metrics, turns } = options
  const server = express()
  server.disable('x-powered-by')
  // Nobody asks twice for the answer to a turn.
  server.disable('etag')

  server.get('/healthz', (_req, res) => void res.json({ status: 'alive' }))
  server.get('/readyz', async (_req, res) => {
    try {
      await options.ready()
      res.json({ status: 'ready' })
    } catch (error) {
      log.warn({ err: error }, 'not ready')
      res.status(503).json({ status: 'not ready' })
    }
  })
  server.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text())
  })

  if (options.loopbackOnly) server.use('/api', requireLoopback)
  server.post('/api/messages', express.json({ limit: LARGEST, verify: requireReadable }), async (req, res) => {
    if (!isActivity(req.body)) throw new Error('Not an activity')
    const timed = metrics.turn()
    const ended = turns.begin()
    try {
      const turn = { begun: false }
      await adapter.process(req, channelResponse(res, turn), async (context) => {
        turn.begun = true
        await app.run(context)
      })
    } finally {
      timed()
      ended()
    }
  })
  // Express knows a handler of errors by its four parameters.
  // oxlint-disable-next-line max-params
  server.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error)
    log.info({ reason: error instanceof Error ? error.name : 'unknown' }, 'unreadable activity')
    res.status(400).json({ error: 'This is not an activity that can be read.' })
  })
  return server
}

/** No deeper than anything meant for us; of JSON that is not UTF-8, which Teams does not use, nobody could tell. */
// Express gives a `verify` these four.
// oxlint-disable-next-line max-params
function requireReadable(_req: unknown, _res: unknown, body: Buffer, encoding: string): void {
  if (!/^utf-?8$/i.test(encoding)) throw new Error('Not UTF-8')
  if (isTooDeep(body)) throw new Error('Nested too deep')
}

/** A web page must not speak to the bot in its reader's name: neither under a name of its own, nor by pointing it elsewhere. */
function requireLoopback(req: Request, res: Response, next: NextFunction): void {
  if (LOOPBACK.test(req.headers.host ?? '') && req.headers.origin === undefined) return next()
  res.status(403).json({ error: 'Without BOT_ID only this machine may speak to the bot.' })
}

export function listen(server: ReturnType<typeof createServer>, at: { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    const listening = server.listen(at.port, at.host, (error?: Error) => (error ? reject(error) : resolve(listening)))
  })
}
