import type { Call } from './call.ts'

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
