// The bot's registration with Azure Bot Service, single tenant, with the Teams channel. It costs nothing and hosts nothing.
param botId string
param botTenantId string
param botDomain string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: 'latchkey-${uniqueString(resourceGroup().id, botId)}'
  kind: 'azurebot'
  location: 'global'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Latchkey'
    endpoint: 'https://${botDomain}/api/messages'
    msaAppId: botId
    msaAppTenantId: botTenantId
    msaAppType: 'SingleTenant'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}
