import { readFile } from 'node:fs/promises'
import type { Configuration, INetworkModule } from '@azure/msal-node'
import { certificateFrom, type ClientCertificate } from './certificate.ts'
import { GraphRefused, GraphUnreachable } from './errors.ts'
import { failureOf } from './failure.ts'
import type { Token } from './options.ts'

export interface TokenOptions {
  tenantId: string
  clientId: string
  clientSecret?: string
  /** A PEM file with the certificate and its unencrypted private key. Preferred over the secret when both are given. */
  certificatePath?: string
  /** Uses the identity of the Azure host instead; `clientId` then names a user-assigned one, or is empty. */
  managedIdentity?: boolean
  /** Default `https://login.microsoftonline.com`; with or without the tenant at its end. */
  authority?: string
  graphBaseUrl: string
  networkClient?: INetworkModule
}

const OPERATION = 'POST /oauth2/v2.0/token'
const PUBLIC = { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' }

/**
 * App-only tokens by MSAL, which caches them and is loaded at first use. Errors name codes only (`invalid_client`,
 * AADSTS7000215 among the details): no secret, no token, no message.
 * The function rejects with GraphRefused or GraphUnreachable.
 */
export function createMsalToken(options: TokenOptions): Token {
  let acquire: Promise<Acquire> | undefined
  let asking: Promise<string> | undefined

  async function ask(fresh: boolean): Promise<string> {
    acquire ??= prepare(options)
    const tokens = await acquire
    const token = (await tokens(fresh).catch(rethrow))?.accessToken
    if (!token) throw new GraphRefused({ operation: OPERATION, status: 401, code: 'no_token' })
    return token
  }

  return ({ fresh } = { fresh: false }) => {
    asking ??= ask(fresh)
      .catch((error: unknown) => {
        acquire = undefined
        throw error
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }
}

/** For the sandbox on loopback, which takes any token. */
export function sandboxToken(): Token {
  return async () => 'sandbox'
}

/** With `fresh`, past MSAL's cache. */
type Acquire = (fresh: boolean) => Promise<{ accessToken: string } | null>

async function prepare(options: TokenOptions): Promise<Acquire> {
  const { clientId, graphBaseUrl, networkClient } = options
  const msal = await import('@azure/msal-node')
  const resource = graphBaseUrl.startsWith('https:') ? new URL(graphBaseUrl).origin : PUBLIC.graph
  const system = networkClient ? { networkClient, disableInternalRetries: true } : {}
  if (options.managedIdentity && !options.clientSecret && !options.certificatePath) {
    const managedIdentityIdParams = clientId ? { userAssignedClientId: clientId } : undefined
    const identity = new msal.ManagedIdentityApplication({ managedIdentityIdParams, system })
    return (fresh) => identity.acquireToken({ resource, forceRefresh: fresh })
  }
  const app = new msal.ConfidentialClientApplication({ auth: await credentials(options), system })
  return (fresh) => app.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: fresh })
}

async function credentials(options: TokenOptions): Promise<Configuration['auth']> {
  const { tenantId, clientId, clientSecret, certificatePath, authority = PUBLIC.login } = options
  const base = authority.replace(/\/+$/, '')
  const auth = {
    clientId,
    authority: base.endsWith(`/${tenantId}`) ? base : `${base}/${tenantId}`,
    knownAuthorities: [new URL(base).host],
  }
  return certificatePath
    ? { ...auth, clientCertificate: await certificate(certificatePath) }
    : { ...auth, clientSecret: clientSecret ?? '' }
}

/** @throws Error that names the file and what is wrong with it */
export async function certificate(path: string): Promise<ClientCertificate> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`GRAPH_CLIENT_CERTIFICATE_PATH: ${path} cannot be read. Name a readable PEM file.`, { cause })
  })
  return certificateFrom(pem)
}

/** MSAL's errors quote the server's answer, so none is kept, not even as cause. */
function rethrow(error: unknown): never {
  const { errorCode, errorNo } = named(error)
  if (errorCode === undefined || PASSING.test(errorCode)) {
    const reason = errorCode ?? failureOf(error).reason
    throw new GraphUnreachable({ operation: OPERATION, reason, mayHaveHappened: false })
  }
  const details = errorNo ? [{ code: `AADSTS${errorNo}` }] : []
  throw new GraphRefused({ operation: OPERATION, status: 401, code: errorCode, details })
}

const PASSING = /network|timeout|endpoints_resolution|openid_config|temporarily_unavailable|server_error/

function named(error: unknown): { errorCode?: string; errorNo?: string } {
  const { errorCode, errorNo } = Object(error) as Record<string, unknown>
  return {
    errorCode: typeof errorCode === 'string' ? errorCode : undefined,
    errorNo: /^\d+$/.test(String(errorNo)) ? String(errorNo) : undefined,
  }
}
