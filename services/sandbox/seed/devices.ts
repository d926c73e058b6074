import type { DeviceRecord } from '../state.ts'
import { guid } from './guid.ts'
import { ids } from './ids.ts'

const device = (
  id: string,
  ownerId: string,
  rest: { displayName: string; operatingSystem: string; version: string },
): DeviceRecord => ({
  id,
  ownerId,
  accountEnabled: true,
  deviceId: guid(`deviceId:${id}`),
  displayName: rest.displayName,
  operatingSystem: rest.operatingSystem,
  operatingSystemVersion: rest.version,
  isCompliant: true,
  isManaged: true,
  trustType: 'AzureAd',
  approximateLastSignInDateTime: '2026-01-10T08:00:00Z',
  registrationDateTime: '2024-02-01T08:00:00Z',
})

const windows = { operatingSystem: 'Windows', version: '10.0.26100.1' }

export const seedDevices = (): DeviceRecord[] => [
  device(ids.devices.adeleLaptop, ids.users.adele, { displayName: 'LAPTOP-ADELEV', ...windows }),
  device(ids.devices.adelePhone, ids.users.adele, {
    displayName: "Adele's phone",
    operatingSystem: 'iOS',
    version: '19.1',
  }),
  device(ids.devices.meganLaptop, ids.users.megan, { displayName: 'LAPTOP-MEGANB', ...windows }),
  device(ids.devices.alexLaptop, ids.users.alex, { displayName: 'LAPTOP-ALEXW', ...windows }),
]
