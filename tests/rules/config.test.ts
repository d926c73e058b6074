import { createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { BadConfig, readConfig } from '../../bot/config.ts'
import { createLatchkey } from '../../bot/latchkey.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { openGraph } from '../../bot/open.ts'
import { listen } from '../../bot/server.ts'
import { requireGroups } from '../../services/approvals/groups.ts'
import { loadPolicy, parsePolicy } from '../../services/approvals/policy.ts'
import { systemClock } from '../../services/clock.ts'
import { createGraph, sandboxToken } from '../../services/graph/index.ts'
import { createSandbox } from '../../services/sandbox/index.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { DEFAULT_POLICY, SECRET_KEY } from '../support/harness.ts'

const KEY = SECRET_KEY.toString('base64')
const COMPLETE = {
  NODE_ENV: 'production',
  BOT_ID: 'bot-id',
  BOT_PASSWORD: 'bot-password',
  BOT_TENANT_ID: 'tenant-id',
  GRAPH_TENANT_ID: 'tenant-id',
  GRAPH_CLIENT_ID: 'client-id',
  GRAPH_CLIENT_CERTIFICATE_PATH: '/etc/latchkey/graph.pem',
  MONGODB_URI: 'mongodb://db.example/latchkey',
  POLICY_FILE: '/etc/latchkey/policy.yml',
  SECRET_KEY: KEY,
}

/** What is complained of, one line each. */
function complaints(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof BadConfig) return error.message.split('\n')
    throw error
  }
}

describe('production', () => {
  it('starts when everything is set, and says nothing of a playground or a sandbox', () => {
    const config = readConfig(COMPLETE)
    expect(config).toMatchObject({
      production: true,
      host: '0.0.0.0',
      graph: { kind: 'tenant', baseUrl: 'https://graph.microsoft.com' },
    })
    expect(config.playground).toBeUndefined()
    expect(config.bot).toMatchObject({ id: 'bot-id' })
  })

  it.each(Object.keys(COMPLETE).filter((name) => name !== 'NODE_ENV'))(
    'does not start without %s, and says how to set it',
    (name) => {
      const said = complaints({ ...COMPLETE, [name]: undefined })
      expect(said.join('\n')).toMatch(new RegExp(`${name}[^\\n]*is missing\\. Set it to `))
    },
  )

  it('names everything that is missing at once, and never falls back to the sandbox', () => {
    const said = complaints({ NODE_ENV: 'production' })
    for (const name of Object.keys(COMPLETE)) if (name !== 'NODE_ENV') expect(said.join('\n')).toContain(name)
  })

  it('takes what is blank for missing', () => {
    expect(complaints({ ...COMPLETE, BOT_PASSWORD: '  ' }).join('\n')).toContain('BOT_PASSWORD is missing')
  })

  it('takes a secret instead of a certificate, and a lasting folder instead of a MongoDB', () => {
    const { GRAPH_CLIENT_CERTIFICATE_PATH: certificate, MONGODB_URI: uri, ...rest } = COMPLETE
    expect([certificate, uri]).not.toContain('')
    expect(complaints({ ...rest, GRAPH_CLIENT_SECRET: 's', DATA_DIR: '/var/lib/latchkey' })).toEqual([])
  })

  it('names a certificate that is not there, or is none, before it asks for a token with it', async () => {
    const opened = (certificatePath: string) => {
      const { graph } = readConfig({ ...COMPLETE, GRAPH_CLIENT_CERTIFICATE_PATH: certificatePath })
      return openGraph(graph, { onRequest: () => undefined })
    }
    await expect(opened('/nowhere/graph.pem')).rejects.toThrow(
      'GRAPH_CLIENT_CERTIFICATE_PATH: /nowhere/graph.pem cannot be read',
    )
    await expect(opened(DEFAULT_POLICY)).rejects.toThrow('it has no certificate')
  })

  it('sends its token to nobody in the clear', () => {
    expect(complaints({ ...COMPLETE, GRAPH_BASE_URL: 'http://graph.example' }).join('\n')).toContain(
      'must begin with https://',
    )
    expect(complaints({ ...COMPLETE, GRAPH_AUTHORITY: 'http://login.example' }).join('\n')).toContain(
      'must begin with https://',
    )
    expect(complaints({ ...COMPLETE, BOT_OPENID_METADATA: 'http://login.example/keys' }).join('\n')).toContain(
      'must begin with https://',
    )
  })
})

describe('everywhere', () => {
  it('half a set of credentials is a mistake, and no reason to go on without', () => {
    expect(complaints({ BOT_ID: 'x' }).join('\n')).toContain(
      'BOT_PASSWORD and BOT_TENANT_ID must be set together with BOT_ID',
    )
    expect(complaints({ GRAPH_CLIENT_ID: 'x', GRAPH_TENANT_ID: 'y' }).join('\n')).toContain(
      'needs GRAPH_CLIENT_CERTIFICATE_PATH',
    )
  })

  it('a bot that authenticates nobody listens on this machine only', () => {
    expect(readConfig({}).host).toBe('127.0.0.1')
    expect(complaints({ HOST: '0.0.0.0' }).join('\n')).toContain('HOST opens the bot to the network')
  })

  it.each([
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['MONGODB_URI', 'postgres://db'],
    ['GRAPH_BASE_URL', 'ftp://x'],
    ['SECRET_KEY', 'too-short'],
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(complaints({ [name]: value }).join('\n')).toContain(name)
  })
})

describe('the policy file', () => {
  const shipped = () => readFile(DEFAULT_POLICY, 'utf8')
  const complaint = async (from: string | RegExp, to: string, pinned = false): Promise<string> => {
    try {
      parsePolicy((await shipped()).replace(from, to), { pinned, file: 'policy.yml' })
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  it('as shipped is valid, and refused in production as long as it names groups by name', async () => {
    expect(await complaint('', '')).toBe('')
    const said = await complaint('', '', true)
    for (const name of ['Latchkey Helpdesk', 'Latchkey Approvers', 'Latchkey Admins']) expect(said).toContain(name)
    expect(said).toContain('by object id')
  })

  it.each([
    ['an unknown word', 'approvals: 1', 'aprovals: 1', 'operations.provision.stages.0'],
    [
      'a time that is none',
      'within: 3d',
      'within: 3 days',
      'operations.provision.stages.0.within: write a number and m, h or d',
    ],
    ['an approver that is none', 'who: [manager]', 'who: [boss]', 'operations.provision.stages.0.who.0: write manager'],
    ['nobody to ask', 'who: [manager]', 'who: []', 'operations.provision.stages.0.who'],
    [
      'a country that is none',
      'usageLocation: US',
      'usageLocation: USA',
      'provision.usageLocation: two capital letters',
    ],
    [
      'two letters that no country has',
      'usageLocation: US',
      'usageLocation: XX',
      'provision.usageLocation: two capital letters',
    ],
    ['no time at all', 'within: 3d', 'within: 0d', 'operations.provision.stages.0.within: write a number'],
    ['two templates of one name', 'id: sales', 'id: engineer', 'templates.1.id: another template has this id'],
    ['a start that is none', "'07:00'", "'7am'", 'provision.startTime: a time such as 07:00'],
    ['a way that is none', 'activation-mail]', 'pigeon]', 'handOver.offered.2'],
    ['a missing role', 'admin: [Latchkey Admins]', 'boss: [Latchkey Admins]', 'roles.admin'],
    ['another version', 'version: 1', 'version: 2', 'version'],
    [
      'a deletion that would take a kept mailbox with it',
      'deleteAfterDays: 0',
      'deleteAfterDays: 30',
      'deactivate.deleteAfterDays: deleting the account takes its mailbox with it',
    ],
  ])('with %s is named with the place', async (...[, from, to, place]) => {
    expect(await complaint(from, to)).toContain(place)
    expect(await complaint(from, to)).toContain('policy.yml')
  })

  it('that is no YAML is named with file and line', async () => {
    expect(await complaint('version: 1', 'version: [1')).toMatch(/policy\.yml[^]*line \d+/)
    expect(await complaint(/[^]*/, '')).toContain('policy.yml is not a valid policy')
  })

  it('that names groups which the directory does not have is named with the places', async () => {
    const sandbox = await createSandbox()
    const graph = createGraph({ baseUrl: sandbox.url, token: sandboxToken() })
    const required = async (change: (text: string) => string): Promise<void> =>
      requireGroups(parsePolicy(change(await shipped()), { pinned: false, file: 'policy.yml' }), {
        graph,
        file: 'policy.yml',
      })
    await required((text) => text)
    const nobody = '11111111-2222-4333-8444-555555555555'
    const broken = required((text) =>
      text.replace('[Latchkey Helpdesk]', `[Helpdeks, ${nobody}]`).replace('who: [manager]', "who: ['group:Board']"),
    )
    await expect(broken).rejects.toThrow('policy.yml does not fit the directory')
    await expect(broken).rejects.toThrow('roles.helpdesk: no group is called "Helpdeks"')
    await expect(broken).rejects.toThrow(`roles.helpdesk: no group is called "${nobody}"`)
    await expect(broken).rejects.toThrow('operations.provision.stages.0.who: no group is called "Board"')
    await sandbox.close()
  })

  it('that is not there is named with what to do', async () => {
    await expect(loadPolicy('/nowhere/policy.yml', { pinned: true })).rejects.toThrow(
      'POLICY_FILE: /nowhere/policy.yml cannot be read. Name a readable',
    )
  })
})

const BOT = '99999999-2222-4333-8444-555555555555'
const ISSUER = 'https://api.botframework.com'

describe('the door of a bot with credentials', () => {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let keys: Server
  let http: Server
  let stop: () => Promise<void>
  let tenant: string
  let alex: string
  const lines: string[] = []
  const serviceUrl = 'https://smba.trafficmanager.net/emea/'

  /** Where the channel publishes its keys: as Microsoft's does, but on loopback. */
  const publish = (): Promise<Server> =>
    new Promise((resolve) => {
      const server = createServer((req, res) => {
        const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const jwk = {
          ...ours.publicKey.export({ format: 'jwk' }),
          kid: 'k1',
          use: 'sig',
          endorsements: ['msteams', 'webchat'],
        }
        const body =
          req.url === '/keys'
            ? { keys: [jwk] }
            : { issuer: ISSUER, jwks_uri: `${origin}/keys`, id_token_signing_alg_values_supported: ['RS256'] }
        res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }).listen(0, '127.0.0.1', () => resolve(server))
    })

  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(' ')))
    keys = await publish()
    const sandbox = await createSandbox()
    ;({ tenant } = sandbox.ids)
    ;({ alex } = sandbox.ids.users)
    const latchkey = await createLatchkey({
      bot: {
        id: BOT,
        password: 'never-shown',
        tenantId: tenant,
        openIdMetadata: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/.well-known/openidconfiguration`,
      },
      clock: systemClock,
      graph: createGraph({ baseUrl: sandbox.url, token: sandboxToken() }),
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      metrics: createMetrics(),
      policy: await loadPolicy(DEFAULT_POLICY, { pinned: false }),
      sandbox: false,
      secretKey: SECRET_KEY,
      store: await createEmbeddedStore(),
    })
    http = await listen(latchkey.server, { host: '127.0.0.1', port: 0 })
    stop = async () => {
      http.closeAllConnections()
      http.close()
      keys.closeAllConnections()
      keys.close()
      await latchkey.stop()
      await sandbox.close()
    }
  })
  afterAll(async () => {
    await stop()
    vi.restoreAllMocks()
  })

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = (): number => Math.floor(Date.now() / 1000)

  function token(claims: object = {}, how: { key?: KeyObject; alg?: string } = {}): string {
    const head = part({ typ: 'JWT', alg: how.alg ?? 'RS256', kid: 'k1' })
    const body = part({ iss: ISSUER, aud: BOT, serviceurl: serviceUrl, nbf: now() - 60, exp: now() + 600, ...claims })
    if (how.alg === 'none') return `${head}.${body}.`
    const signature = createSign('RSA-SHA256')
      .update(`${head}.${body}`)
      .sign(how.key ?? ours.privateKey, 'base64url')
    return `${head}.${body}.${signature}`
  }

  async function knock(
    authorization: string | undefined,
    activity: object = {},
  ): Promise<{ status: number; text: string }> {
    const answer = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: 'form.cancel', data: {} } },
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl,
        from: { id: 'user', aadObjectId: alex },
        recipient: { id: BOT },
        conversation: { id: 'chat', conversationType: 'personal', tenantId: tenant },
        channelData: { tenant: { id: tenant } },
        ...activity,
      }),
    })
    return { status: answer.status, text: await answer.text() }
  }

  it('opens to a token that the channel has signed for this bot', async () => {
    const { status, text } = await knock(`Bearer ${token()}`)
    expect(status).toBe(200)
    expect(text).toContain('Nothing was sent')
  })

  it.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['an empty one', () => 'Bearer '],
    ['one that is none', () => 'Bearer not.a.token'],
    ['another scheme', () => `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['one for another bot', () => `Bearer ${token({ aud: randomUUID() })}`],
    ['one of another issuer', () => `Bearer ${token({ iss: 'https://evil.example' })}`],
    ['one that has expired', () => `Bearer ${token({ nbf: now() - 7200, exp: now() - 3600 })}`],
    ['one that is not valid yet', () => `Bearer ${token({ nbf: now() + 3600, exp: now() + 7200 })}`],
    ['one signed by somebody else', () => `Bearer ${token({}, { key: theirs.privateKey })}`],
    ['one that nobody signed', () => `Bearer ${token({}, { alg: 'none' })}`],
    ['one for another service address', () => `Bearer ${token({ serviceurl: 'https://evil.example/' })}`],
  ])('stays shut to %s', async (_what, authorization) => {
    const { status, text } = await knock(authorization())
    expect(status).toBe(401)
    expect(text).not.toContain('Nothing was sent')
    expect(text).not.toMatch(/node_modules|at .*\.js/)
  })

  it('stays shut to a key that is not endorsed for the channel', async () => {
    expect((await knock(`Bearer ${token()}`, { channelId: 'directline' })).status).toBe(401)
  })

  it('hears Web Chat, which Azure switches on by itself, and does nothing for it', async () => {
    const { status, text } = await knock(`Bearer ${token()}`, { channelId: 'webchat' })
    expect(status).toBe(200)
    expect(text).toContain('only in Microsoft Teams')
  })

  it('asks nobody who wants to know whether it is alive, and tells nobody its password', async () => {
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(origin + path)).status).toBe(200)
    expect(lines.join('\n')).not.toContain('never-shown')
    expect(lines.join('\n')).not.toContain(token().slice(-40))
  })
})
