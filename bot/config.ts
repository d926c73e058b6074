import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { incomplete, missingInProduction } from './complaints.ts'

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

/** The environment, read and checked one by one. */
export type Environment = z.infer<typeof schema>

function botOf(read: Environment): Config['bot'] {
  const { BOT_ID: id, BOT_PASSWORD: password, BOT_TENANT_ID: tenantId, BOT_OPENID_METADATA: openIdMetadata } = read
  if (!id || !password || !tenantId) return undefined
  return { id, password, tenantId, ...(openIdMetadata ? { openIdMetadata } : {}) }
}

function graphOf(read: Environment): Config['graph'] {
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

const secretKeyOf = (read: Environment): Buffer =>
  read.SECRET_KEY ? Buffer.from(read.SECRET_KEY, 'base64') : randomBytes(32)
