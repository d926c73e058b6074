import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, ResponseType, type GraphRequest } from '@microsoft/microsoft-graph-client'
import type { Call } from './call.ts'
import { GraphUnreachable } from './errors.ts'
import { authentication } from './middleware/authentication.ts'
import { capture } from './middleware/capture.ts'
import { Exchange, type Method } from './middleware/exchange.ts'
import { http } from './middleware/http.ts'
import { observe } from './middleware/observe.ts'
import { pacing } from './middleware/pacing.ts'
import { requestId } from './middleware/requestId.ts'
import { ATTEMPTS, retry } from './middleware/retry.ts'
import { timeout } from './middleware/timeout.ts'
import type { GraphOptions } from './options.ts'
import { createPacer } from './pacer.ts'
import { withQuery, type Path, type Query } from './path.ts'
import { refusal } from './refusal.ts'

export interface Request {
  method: Method
  path: Path
  query?: Query
  headers?: Record<string, string>
  body?: unknown
  /** May be sent again when no answer came. Default: everything but POST. */
  repeatable?: boolean
  /** A POST that asks and changes nothing: not paced as a write, and repeatable. */
  asks?: boolean
  /** Tries at most; 1 for who would rather know at once. */
  attempts?: number
  call?: Call
}

export interface Transport {
  /** Resolves to the answer's JSON (undefined when it has none). @throws GraphRefused, GraphUnreachable */
  send: <T>(request: Request) => Promise<T>
  /** An absolute reference to an object, for `@odata.id` and `@odata.bind`. */
  reference(object: Path): string
  sleep(ms: number): Promise<void>
}

export function createTransport(options: GraphOptions): Transport {
  const { token, timeoutMs = 30_000, onRequest = () => {}, pace = { writesPerSecond: 20, burst: 2_500 } } = options
  const sleep = options.sleep ?? ((ms) => wait(ms))
  const origin = options.baseUrl.replace(/\/+$/, '').replace(/\/v1\.0$/, '')
  const client = Client.initWithMiddleware({
    baseUrl: origin,
    defaultVersion: 'v1.0',
    middleware: [
      capture(),
      requestId(),
      authentication(token),
      retry({ sleep }),
      pacing(createPacer({ ...pace, sleep })),
      observe(onRequest),
      timeout(timeoutMs),
      http(),
    ],
  })

  return {
    sleep,
    reference: (object) => `${origin}/v1.0${object.url}`,
    async send<T>(request: Request): Promise<T> {
      const exchange = exchangeFor(request)
      const { path, query = {}, headers = {}, body } = request
      const prepared = client
        .api(withQuery(path.url, query))
        .headers(headers)
        .middlewareOptions([exchange])
        .responseType(ResponseType.RAW)
      const response = await perform(prepared, exchange.method, body).catch((error: unknown) => {
        throw exchange.failure ?? error
      })
      return read<T>(response, exchange)
    },
  }
}

function exchangeFor({
  method,
  path,
  asks = method === 'GET',
  attempts = ATTEMPTS,
  repeatable,
  call,
}: Request): Exchange {
  return new Exchange({
    method,
    path,
    writes: !asks,
    attempts,
    repeatable: repeatable ?? (asks || method !== 'POST'),
    clientRequestId: call?.clientRequestId ?? randomUUID(),
  })
}

async function perform(request: GraphRequest, method: Method, body: unknown): Promise<Response> {
  switch (method) {
    case 'GET':
      return (await request.get()) as Response
    case 'POST':
      return (await request.post(body)) as Response
    case 'PUT':
      return (await request.put(body)) as Response
    case 'PATCH':
      return (await request.patch(body)) as Response
    case 'DELETE':
      return (await request.delete()) as Response
  }
}

async function read<T>(response: Response, exchange: Exchange): Promise<T> {
  const { operation, clientRequestId, writes } = exchange
  const body = await json(response)
  if (!response.ok) {
    throw refusal({ operation, status: response.status, body, header: (name) => response.headers.get(name) })
  }
  if (body instanceof SyntaxError) {
    throw new GraphUnreachable({ operation, reason: 'not Graph', mayHaveHappened: writes, clientRequestId })
  }
  return body as T
}

/** A SyntaxError where it is no JSON (a proxy's page, say); without its message, which quotes the body. */
async function json(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return new SyntaxError('not JSON')
  }
}
