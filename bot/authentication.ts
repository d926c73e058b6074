import {
  ConfigurationBotFrameworkAuthentication as Authentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  type ConfigurationServiceClientCredentialFactory,
} from 'botbuilder'

export type ChannelOptions = ConfigurationBotFrameworkAuthenticationOptions
type Authenticate = Authentication['authenticateRequest']
type Identity = Parameters<Authentication['createConnectorFactory']>[0]
type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>
type Connector = Awaited<ReturnType<ConnectorFactory['create']>>
type TokenClient = Awaited<ReturnType<Authentication['createUserTokenClient']>>

/** Teams has a few service addresses, one a region; beyond this many it begins anew. */
const MOST = 50

/**
 * botbuilder puts two HTTP clients together for every turn, which takes a good part of its time. A client depends on address
 * and audience alone, so here it is kept. Who may speak is decided for every turn as ever, before one is looked for.
 */
export class KeepingAuthentication extends Authentication {
  readonly #connectors = new Map<string, Connector>()
  #tokenClient: TokenClient | undefined

  constructor(channel: ChannelOptions, credentials: ConfigurationServiceClientCredentialFactory, userAgent: string) {
    super(channel, credentials, undefined, undefined, { userAgent, userAgentHeaderName: undefined })
  }

  override async authenticateRequest(...given: Parameters<Authenticate>): ReturnType<Authenticate> {
    const result = await super.authenticateRequest(...given)
    const factory = result.connectorFactory
    return factory ? { ...result, connectorFactory: this.#keeping(factory) } : result
  }

  override createConnectorFactory(identity: Identity): ConnectorFactory {
    return this.#keeping(super.createConnectorFactory(identity))
  }

  override async createUserTokenClient(identity: Identity): Promise<TokenClient> {
    this.#tokenClient ??= await super.createUserTokenClient(identity)
    return this.#tokenClient
  }

  #keeping(factory: ConnectorFactory): ConnectorFactory {
    const kept = this.#connectors
    return {
      async create(serviceUrl, audience) {
        const key = `${audience} ${serviceUrl}`
        const known = kept.get(key)
        if (known) return known
        const connector = await factory.create(serviceUrl, audience)
        if (kept.size >= MOST) kept.clear()
        kept.set(key, connector)
        return connector
      },
    }
  }
}
