import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { INetworkModule } from '@azure/msal-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMsalToken, sandboxToken, type TokenOptions } from '../../services/graph/index.ts'
import { certificateFrom } from '../../services/graph/certificate.ts'

const SECRET = 'the~client~secret'
const TENANT = '11111111-2222-4333-8444-555555555555'
const app: TokenOptions = {
  tenantId: TENANT,
  clientId: '99999999-2222-4333-8444-555555555555',
  clientSecret: SECRET,
  graphBaseUrl: 'https://graph.microsoft.com/v1.0',
}

interface Asked {
  url: string
  body: URLSearchParams
}

/** Microsoft's sign-in service, as far as MSAL asks it; never the network. */
function signIn(answer: { status: number; body: unknown } | Error) {
  const asked: Asked[] = []
  const respond = (status: number, body: unknown) => ({ status, headers: {}, body: body as never })
  const networkClient: INetworkModule = {
    sendGetRequestAsync: async (url) => {
      const authority = url.replace('/v2.0/.well-known/openid-configuration', '')
      return respond(200, {
        issuer: `${authority}/v2.0`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      })
    },
    sendPostRequestAsync: async (url, options) => {
      asked.push({ url, body: new URLSearchParams(options?.body) })
      if (answer instanceof Error) throw answer
      return respond(answer.status, answer.body)
    },
  }
  return { asked, networkClient }
}

const granted = { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'the-token' } }

describe('a token', () => {
  test('is asked for once and kept, even when many need it at the same time', async () => {
    const { asked, networkClient } = signIn(granted)
    const token = createMsalToken({ ...app, networkClient })
    expect(await Promise.all([token(), token(), token()])).toEqual(Array(3).fill('the-token'))
    expect(await token()).toBe('the-token')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.url).toMatch(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`)
    expect(asked[0]?.body.get('scope')).toMatch('https://graph.microsoft.com/.default')
    expect(asked[0]?.body.get('client_secret')).toBe(SECRET)
  })

  test('comes from the authority and for the Graph of a national cloud', async () => {
    const { asked, networkClient } = signIn(granted)
    const cloud = { authority: 'https://login.microsoftonline.us/', graphBaseUrl: 'https://graph.microsoft.us' }
    await createMsalToken({ ...app, ...cloud, networkClient })()
    expect(asked[0]?.url).toMatch(`https://login.microsoftonline.us/${TENANT}/oauth2/v2.0/token`)
    expect(asked[0]?.body.get('scope')).toMatch('https://graph.microsoft.us/.default')
  })

  test('is for the real Graph when a proxy on loopback stands in between', async () => {
    const { asked, networkClient } = signIn(granted)
    await createMsalToken({ ...app, graphBaseUrl: 'http://127.0.0.1:4100', networkClient })()
    expect(asked[0]?.body.get('scope')).toMatch('https://graph.microsoft.com/.default')
  })

  test('that was kept is asked for anew where Graph took it for invalid', async () => {
    const { asked, networkClient } = signIn(granted)
    const token = createMsalToken({ ...app, networkClient })
    await token()
    expect(await token({ fresh: true })).toBe('the-token')
    expect(asked).toHaveLength(2)
  })

  test('for the sandbox needs nobody', async () => {
    expect(await sandboxToken()()).toBe('sandbox')
  })
})

describe('a secret that is refused', () => {
  const body = {
    error: 'invalid_client',
    error_description: `AADSTS7000215: Invalid client secret ${SECRET}`,
    error_codes: [7000215],
  }

  test('is told with its codes and without the secret', async () => {
    const { networkClient } = signIn({ status: 401, body })
    const error = await createMsalToken({ ...app, networkClient })().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'GraphRefused', code: 'invalid_client', details: [{ code: 'AADSTS7000215' }] })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET)
  })

  test('can be put right without a new start', async () => {
    const answers = [{ status: 401, body }, granted]
    const { networkClient } = signIn(granted)
    const first = signIn({ status: 401, body }).networkClient
    const post: INetworkModule['sendPostRequestAsync'] = async (url, options) =>
      answers.shift()?.status === 401
        ? first.sendPostRequestAsync(url, options)
        : networkClient.sendPostRequestAsync(url, options)
    const token = createMsalToken({ ...app, networkClient: { ...networkClient, sendPostRequestAsync: post } })
    await expect(token()).rejects.toMatchObject({ code: 'invalid_client' })
    expect(await token()).toBe('the-token')
  })
})

test('a sign-in service that does not answer is not reached, and says nothing of the secret', async () => {
  const { networkClient } = signIn(new Error(`fetch failed: client_secret=${SECRET}`))
  const error = await createMsalToken({ ...app, networkClient })().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'GraphUnreachable', mayHaveHappened: false })
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET)
})

const openssl = spawnSync('openssl', ['version']).status === 0
if (!openssl) console.warn('SKIPPED: client certificates are not tested, because there is no openssl to make one with.')

describe.skipIf(!openssl)('a certificate', () => {
  let folder = ''
  let pem = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-certificate-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    execFileSync('openssl', ['req', '-x509', '-new', '-key', key, '-subj', '/CN=latchkey', '-out', certificate])
    pem = join(folder, 'both.pem')
    writeFileSync(pem, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  test('in one PEM file with its key proves who we are', async () => {
    const { asked, networkClient } = signIn(granted)
    const options = { ...app, clientSecret: undefined, certificatePath: pem, networkClient }
    expect(await createMsalToken(options)()).toBe('the-token')
    const [header = ''] = asked[0]?.body.get('client_assertion')?.split('.') ?? []
    const der = new X509Certificate(readFileSync(pem)).raw
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      'x5t#S256': createHash('sha256').update(der).digest('base64url'),
    })
    expect(asked[0]?.body.get('client_secret')).toBeNull()
  })

  test('without a key is refused with what to do', () => {
    const alone = new X509Certificate(readFileSync(pem)).toString()
    expect(() => certificateFrom(alone)).toThrow('unencrypted private key')
  })

  test('whose key is encrypted is refused', () => {
    const key = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nabc\n-----END ENCRYPTED PRIVATE KEY-----'
    expect(() => certificateFrom(new X509Certificate(readFileSync(pem)).toString() + key)).toThrow('unencrypted')
  })

  test('whose file is missing says which', async () => {
    const { networkClient } = signIn(granted)
    const options = { ...app, certificatePath: join(folder, 'none.pem'), networkClient }
    await expect(createMsalToken(options)()).rejects.toThrow('none.pem')
  })
})
