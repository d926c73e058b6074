import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { batchAnswer, isBatch } from './batch.ts'
import { controlRouter } from './control.ts'
import { attempt, dispatch, type World } from './dispatch.ts'
import { GraphFailure, malformed } from './errors.ts'
import type { Fault } from './faults.ts'
import type { GraphAnswer, GraphRequest } from './http.ts'
import { graphRequest, type Incoming } from './request.ts'

/** One exchange as it went over the wire. */
export interface Exchange {
  method: string
  url: string
  reqHeaders: Record<string, string>
  reqBody: unknown
  status: number
  resHeaders: Record<string, string>
  resBody: unknown
}

export interface AppOptions {
  world: World
  reset: () => void
  onExchange?: (exchange: Exchange) => void
}

export function createApp({ world, reset, onExchange }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(express.json({ type: () => true, limit: '16mb', strict: false }))
  app.use('/_sandbox', controlRouter({ world, reset }))
  app.use(async (req: Request, res: Response) => {
    const incoming = incomingOf(req)
    const started = begin(world, incoming)
    const { settings } = world.tenant
    await pause(settings.latencyMs + (started.fault?.delayMs ?? 0))
    if (started.fault?.drop === 'before') return void req.socket.destroy()
    const answer = answerOf(world, started)
    onExchange?.(exchangeOf(req, incoming, answer))
    if (started.fault?.drop === 'after') return void req.socket.destroy()
    send(res, answer)
  })
  // oxlint-disable-next-line max-params -- express tells error handlers by their four parameters
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    if (req.path.startsWith('/_sandbox')) return void res.status(400).json({ error: String(error) })
    const request = graphRequest({ ...incomingOf(req), path: '/' })
    send(
      res,
      attempt(world, request, () => {
        throw malformed(
          'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
        )
      }),
    )
  })
  return app
}

interface Started {
  request: GraphRequest
  fault: Fault | undefined
  refusal: GraphFailure | undefined
}

function begin(world: World, incoming: Incoming): Started {
  const version = /^\/([^/?]*)/.exec(incoming.path)?.[1] ?? ''
  const path = incoming.path.slice(version.length + 1) || '/'
  try {
    const request = graphRequest({ ...incoming, path })
    const refusal = entryRefusal(version, incoming)
    return { request, refusal, fault: refusal === undefined ? world.faults.next(request) : undefined }
  } catch (error) {
    const request = graphRequest({ ...incoming, path: '/' })
    return { request, fault: undefined, refusal: error instanceof GraphFailure ? error : malformed('Bad request.') }
  }
}

function entryRefusal(version: string, incoming: Incoming): GraphFailure | undefined {
  if (version.toLowerCase() !== 'v1.0') return malformed(`Invalid version: ${version}`)
  const token = /^Bearer\s+(\S+)/i.exec(incoming.headers['authorization'] ?? '')?.[1]
  if (token !== undefined) return undefined
  return new GraphFailure(401, 'InvalidAuthenticationToken', {
    message: 'Access token is empty.',
    headers: {
      'www-authenticate':
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
    },
  })
}

function answerOf(world: World, { request, fault, refusal }: Started): GraphAnswer {
  if (refusal !== undefined) {
    return attempt(world, request, () => {
      throw refusal
    })
  }
  if (isBatch(request) && fault?.status === undefined) return attempt(world, request, () => batchAnswer(world, request))
  return dispatch(world, request, fault)
}

function incomingOf(req: Request): Incoming {
  const headers = Object.entries(req.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')])
  return {
    method: req.method,
    path: req.originalUrl,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: req.body as unknown,
    origin: `http://${req.headers.host ?? 'localhost'}`,
  }
}

function exchangeOf(req: Request, incoming: Incoming, answer: GraphAnswer): Exchange {
  return {
    method: req.method,
    url: `${incoming.origin}${req.originalUrl}`,
    reqHeaders: incoming.headers,
    reqBody: incoming.body,
    status: answer.status,
    resHeaders: answer.headers ?? {},
    resBody: answer.body,
  }
}

function send(res: Response, { status, headers = {}, body }: GraphAnswer): void {
  res.status(status).set(headers)
  if (body === undefined) res.removeHeader('content-type')
  res.end(body === undefined ? undefined : JSON.stringify(body))
}

const pause = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : Promise.resolve())
