import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const url = z.url({ protocol: /^https?$/ })

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: port.default(3978),
  HOST: z.string().optional(),
  BOT_ID: z.string().optional(),
  BOT_PASSWORD: z.string().optional(),
  BOT_TENANT_ID: z.string().optional(),
  BOT_OPENID_METADATA: url.optional(),
  GRAPH_BASE_URL: url.optional(),
  GRAPH_TENANT_ID: z.string().optional(),
  GRAPH_CLIENT_ID: z.string().optional(),
  GRAPH_CLIENT_SECRET: z.string().optional(),
  GRAPH_CLIENT_CERTIFICATE_PATH: z.string().optional(),
  GRAPH_AUTHORITY: url.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'starts with mongodb:// or mongodb+srv://')
    .optional(),
  DATA_DIR: z.string().optional(),
  POLICY_FILE: z.string().optional(),
  SECRET_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  SANDBOX_PORT: port.optional(),
  PLAYGROUND: z.enum(['on', 'off']).default('on'),
  PLAYGROUND_PORT: port.default(56150),
})

export interface Config {
  production: boolean
  host: string
  port: number
  logLevel: string
  /** Absent: no authentication of the channel, so loopback only and never in production. */
  bot?: { id: string; password: string; tenantId: string; openIdMetadata?: string }
  graph:
    | { kind: 'sandbox'; baseUrl?: string; port?: number }
    | {
        kind: 'tenant'
        baseUrl: string
        tenantId: string
        clientId: string
        clientSecret?: string
        certificatePath?: string
        authority?: string
      }
  store: { kind: 'mongodb'; uri: string } | { kind: 'embedded'; dir: string }
  policyFile: string
  /** 32 bytes. In development without SECRET_KEY it is made anew at every start, and sealed secrets end with the process. */
  secretKey: Buffer
  playground?: { port: number }
}

export class BadConfig extends Error {
  override readonly name = 'BadConfig'
}

const DEFAULT_POLICY = fileURLToPath(new URL('../services/approvals/policy.default.yml', import.meta.url))

/**
 * Reads the environment: the only place that does.
 * @throws BadConfig with one line for each complaint, each ending in what to do
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    throw new BadConfig(
      result.error.issues
        .map((i) => `${i.path.join('.')} is not usable: ${i.message}. Correct it or unset it.`)
        .join('\n'),
    )
  }
  const read = result.data
  const production = read.NODE_ENV === 'production'
  const complaints = [...(production ? missingInProduction(read) : []), ...incomplete(read)]
  if (complaints.length > 0) throw new BadConfig(complaints.join('\n'))
  const bot = botOf(read)
  return {
    production,
    host: read.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: read.PORT,
    logLevel: read.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    ...(bot ? { bot } : {}),
    graph: graphOf(read),
    store: read.MONGODB_URI
      ? { kind: 'mongodb', uri: read.MONGODB_URI }
      : { kind: 'embedded', dir: read.DATA_DIR ?? '.data' },
    policyFile: read.POLICY_FILE ?? DEFAULT_POLICY,
    secretKey: secretKeyOf(read),
    ...(!production && !bot && read.PLAYGROUND === 'on' ? { playground: { port: read.PLAYGROUND_PORT } } : {}),
  }
}

type Read = z.infer<typeof schema>

const HOW: Partial<Record<keyof Read, string>> = {
  BOT_ID: 'the application (client) id of the bot registration in Azure',
  BOT_PASSWORD: 'a client secret of the bot registration',
  BOT_TENANT_ID: 'the tenant of the bot registration',
  GRAPH_TENANT_ID: 'the tenant whose accounts are managed',
  GRAPH_CLIENT_ID: 'the application (client) id with the Graph permissions in the README',
  SECRET_KEY: '32 random bytes in base64, from: openssl rand -base64 32',
  POLICY_FILE: 'your copy of services/approvals/policy.default.yml with the object ids of your groups',
}

function missingInProduction(read: Read): string[] {
  const missing = Object.entries(HOW)
    .filter(([name]) => read[name as keyof Read] === undefined)
    .map(([name, what]) => `${name} is missing. Set it to ${what}.`)
  if (!read.GRAPH_CLIENT_SECRET && !read.GRAPH_CLIENT_CERTIFICATE_PATH) {
    missing.push(
      'GRAPH_CLIENT_CERTIFICATE_PATH (or GRAPH_CLIENT_SECRET) is missing. Set it to a PEM file with certificate and key.',
    )
  }
  if (!read.MONGODB_URI && !read.DATA_DIR) {
    missing.push(
      'MONGODB_URI is missing. Set it to your MongoDB, or DATA_DIR to a lasting folder for a single process.',
    )
  }
  return missing
}

const OVER_TLS = {
  GRAPH_BASE_URL: 'a token is sent there',
  GRAPH_AUTHORITY: 'the credential is sent there',
  BOT_OPENID_METADATA: 'whoever answers for it could speak as anybody',
} as const

/** Half a set of credentials is a mistake everywhere, never a reason to go on without. */
function incomplete(read: Read): string[] {
  const together = (names: (keyof Read)[]): string[] => {
    const set = names.filter((n) => read[n] !== undefined)
    const unset = names.filter((n) => read[n] === undefined)
    return set.length > 0 && unset.length > 0
      ? [`${unset.join(' and ')} must be set together with ${set.join(' and ')}.`]
      : []
  }
  const complaints = [
    ...together(['BOT_ID', 'BOT_PASSWORD', 'BOT_TENANT_ID']),
    ...together(['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID']),
  ]
  if (read.GRAPH_CLIENT_ID && !read.GRAPH_CLIENT_SECRET && !read.GRAPH_CLIENT_CERTIFICATE_PATH) {
    complaints.push(
      'GRAPH_CLIENT_ID needs GRAPH_CLIENT_CERTIFICATE_PATH or GRAPH_CLIENT_SECRET beside it. Set one of them.',
    )
  }
  if (read.GRAPH_BASE_URL && !read.GRAPH_CLIENT_ID && !isLoopback(read.GRAPH_BASE_URL)) {
    complaints.push(
      'GRAPH_BASE_URL is not on this machine, so GRAPH_TENANT_ID and GRAPH_CLIENT_ID with a credential are needed. Set them.',
    )
  }
  for (const [name, why] of Object.entries(OVER_TLS)) {
    const address = read[name as keyof typeof OVER_TLS]
    if (address?.startsWith('http:') && !isLoopback(address)) {
      complaints.push(`${name} must begin with https://, as ${why}. Correct it.`)
    }
  }
  if (!read.BOT_ID && read.HOST && !['127.0.0.1', 'localhost', '::1'].includes(read.HOST)) {
    complaints.push(
      'HOST opens the bot to the network, so BOT_ID, BOT_PASSWORD and BOT_TENANT_ID are needed. Set them, or leave HOST out.',
    )
  }
  if (read.SECRET_KEY && Buffer.from(read.SECRET_KEY, 'base64').length !== 32) {
    complaints.push('SECRET_KEY does not hold 32 bytes. Make one with: openssl rand -base64 32')
  }
  return complaints
}

export const isLoopback = (address: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)

function botOf(read: Read): Config['bot'] {
  const { BOT_ID: id, BOT_PASSWORD: password, BOT_TENANT_ID: tenantId, BOT_OPENID_METADATA: openIdMetadata } = read
  if (!id || !password || !tenantId) return undefined
  return { id, password, tenantId, ...(openIdMetadata ? { openIdMetadata } : {}) }
}

function graphOf(read: Read): Config['graph'] {
  const { GRAPH_TENANT_ID: tenantId, GRAPH_CLIENT_ID: clientId } = read
  if (!tenantId || !clientId) {
    return {
      kind: 'sandbox',
      ...(read.GRAPH_BASE_URL ? { baseUrl: read.GRAPH_BASE_URL } : {}),
      ...(read.SANDBOX_PORT === undefined ? {} : { port: read.SANDBOX_PORT }),
    }
  }
  return {
    kind: 'tenant',
    baseUrl: read.GRAPH_BASE_URL ?? 'https://graph.microsoft.com',
    tenantId,
    clientId,
    ...(read.GRAPH_CLIENT_SECRET ? { clientSecret: read.GRAPH_CLIENT_SECRET } : {}),
    ...(read.GRAPH_CLIENT_CERTIFICATE_PATH ? { certificatePath: read.GRAPH_CLIENT_CERTIFICATE_PATH } : {}),
    ...(read.GRAPH_AUTHORITY ? { authority: read.GRAPH_AUTHORITY } : {}),
  }
}

const secretKeyOf = (read: Read): Buffer => (read.SECRET_KEY ? Buffer.from(read.SECRET_KEY, 'base64') : randomBytes(32))
