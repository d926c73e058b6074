import type { Call } from './call.ts'
import { all } from './pages.ts'
import { path } from './path.ts'
import type { Transport } from './transport.ts'

export interface Device {
  id: string
  displayName: string | null
  accountEnabled: boolean | null
  operatingSystem: string | null
  /** AzureAd (joined), ServerAd (hybrid), Workplace (registered: a person's own). */
  trustType: string | null
}

export interface Devices {
  /** Owned and registered, each once. */
  of(userId: string, call?: Call): Promise<Device[]>
  disable(id: string, call?: Call): Promise<void>
  enable(id: string, call?: Call): Promise<void>
}

const query = { $select: 'id,displayName,accountEnabled,operatingSystem,trustType' }

export function createDevices(transport: Transport): Devices {
  const enabled = (id: string, accountEnabled: boolean, call?: Call) =>
    transport.send<void>({ method: 'PATCH', path: path`/devices/${id}`, body: { accountEnabled }, call })
  return {
    of: async (userId, call) => {
      const owned = await all<Device>(transport, { path: path`/users/${userId}/ownedDevices`, query, call })
      const registered = await all<Device>(transport, { path: path`/users/${userId}/registeredDevices`, query, call })
      return [...new Map([...owned, ...registered].map((device) => [device.id, device])).values()]
    },
    disable: (id, call) => enabled(id, false, call),
    enable: (id, call) => enabled(id, true, call),
  }
}
