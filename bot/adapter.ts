import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { type ChannelOptions, KeepingAuthentication } from './authentication.ts'
import type { Config } from './config.ts'
import { TeamsAdapter } from './teamsAi.ts'

/** Microsoft's own addresses. @see learn: azure/bot-service, rest-authentication */
const CHANNEL = {
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://token.botframework.com',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
  ValidateAuthority: true,
}

/** Speaks the Bot Framework protocol. Without `bot` nothing is authenticated: config allows that on loopback only. */
export function createAdapter(bot: Config['bot']): TeamsAdapter {
  if (!bot) return new Adapter({}, new ConfigurationServiceClientCredentialFactory({}))
  const channel = bot.openIdMetadata
    ? {
        ...CHANNEL,
        ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${bot.tenantId}`,
        ToBotFromChannelOpenIdMetadataUrl: bot.openIdMetadata,
      }
    : {}
  return new Adapter(
    channel,
    new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: bot.id,
      MicrosoftAppPassword: bot.password,
      MicrosoftAppTenantId: bot.tenantId,
      MicrosoftAppType: 'SingleTenant',
    }),
  )
}

class Adapter extends TeamsAdapter {
  protected override readonly botFrameworkAuthentication: KeepingAuthentication

  constructor(channel: ChannelOptions, credentials: ConfigurationServiceClientCredentialFactory) {
    super(channel, credentials)
    this.botFrameworkAuthentication = new KeepingAuthentication(channel, credentials, this.userAgent)
  }
}
