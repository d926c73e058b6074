import { randomUUID } from 'node:crypto'
import { ids } from '../../services/sandbox/index.ts'

export type Speak = (as: string) => Record<string, unknown>

/** Activities as Teams posts them from a private chat; `serviceUrl` is where the answer goes. */
export function speakVia(serviceUrl: string): Speak {
  return (as) => ({
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    timestamp: new Date().toISOString(),
    from: { id: `user-${as}`, name: as, aadObjectId: as },
    recipient: { id: 'bot', name: 'Latchkey' },
    conversation: { id: `chat-${as}`, conversationType: 'personal', tenantId: ids.tenant },
    channelData: { tenant: { id: ids.tenant } },
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    entities: [{ type: 'clientInfo', timezone: 'Europe/London' }],
  })
}

export const message = (speak: Speak, as: string, text: string): object => ({ ...speak(as), type: 'message', text })

export const approval = (speak: Speak, as: string, request: { id: string; plan: string }): object => ({
  ...speak(as),
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb: 'request.approve', data: request }, trigger: 'manual' },
})
