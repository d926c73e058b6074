import { createSandbox, type Exchange, type Sandbox, type SandboxOptions } from '../../../services/sandbox/index.ts'

export type Json = Record<string, unknown>

export interface Answer {
  status: number
  headers: Headers
  body: Json
  /** `body.value`, for collections. */
  value: Json[]
  /** `body.error.code`. */
  code: string | undefined
}

export interface TestTenant extends Sandbox {
  traffic: Exchange[]
  /** Follows absolute links too. */
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  send: (method: string, path: string, body?: unknown) => Promise<Answer>
  control: (method: string, path: string, body?: unknown) => Promise<Json>
  ref: (id: string) => { '@odata.id': string }
}

/** A running sandbox and a plain HTTP client for it; no Graph library in between. */
export async function startTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  const traffic: Exchange[] = []
  const sandbox = await createSandbox({ onExchange: (exchange) => traffic.push(exchange), ...options })
  async function call(method: string, path: string, rest: { body?: unknown; headers?: Record<string, string> }) {
    const url = path.startsWith('http') ? path : `${sandbox.url}/v1.0${path}`
    const response = await fetch(url, {
      method,
      headers: {
        authorization: 'Bearer test',
        ...(rest.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...rest.headers,
      },
      body: rest.body === undefined ? undefined : JSON.stringify(rest.body),
    })
    return answerOf(response)
  }
  return {
    ...sandbox,
    traffic,
    get: (path, headers) => call('GET', path, { headers }),
    send: (method, path, body) => call(method, path, { body }),
    async control(method, path, body) {
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await response.text()
      return text === '' ? {} : (JSON.parse(text) as Json)
    },
    ref: (id) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` }),
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const body = (text === '' ? {} : JSON.parse(text)) as Json
  const error = body['error'] as Json | undefined
  return {
    status: response.status,
    headers: response.headers,
    body,
    value: (body['value'] ?? []) as Json[],
    code: error?.['code'] as string | undefined,
  }
}

/** A creation that Graph accepts, with what a test wants different. */
export const newUser = (name: string, overrides: Json = {}): Json => ({
  accountEnabled: true,
  displayName: `New ${name}`,
  mailNickname: name,
  userPrincipalName: `${name}@contoso.com`,
  usageLocation: 'US',
  passwordProfile: { password: 'Fresh-Start-9!', forceChangePasswordNextSignIn: true },
  ...overrides,
})

export const idOf = (answer: Answer) => String(answer.body['id'])

export const EVENTUAL = { ConsistencyLevel: 'eventual' }

export function names(answer: Answer): unknown[] {
  return answer.value.map((one) => one['displayName'])
}
