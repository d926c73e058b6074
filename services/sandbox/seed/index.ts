import { randomUUID } from 'node:crypto'
import type { Settings, Tenant } from '../state.ts'
import { seedAuthentication } from './authentication.ts'
import { seedDevices } from './devices.ts'
import { seedGrants } from './grants.ts'
import { guid } from './guid.ts'
import { admitGroups } from './admitGroups.ts'
import { admitPeople, assignSeats } from './admitPeople.ts'
import { seedRoles } from './roles.ts'
import { seedSkus } from './skus.ts'

const domain = (
  id: string,
  rest: { isVerified?: boolean; authenticationType?: 'Managed' | 'Federated'; isInitial?: boolean },
) => ({
  id,
  authenticationType: rest.authenticationType ?? 'Managed',
  availabilityStatus: null,
  isAdminManaged: true,
  isDefault: id === 'contoso.com',
  isInitial: rest.isInitial ?? false,
  isRoot: true,
  isVerified: rest.isVerified ?? true,
  passwordNotificationWindowInDays: null,
  passwordValidityPeriodInDays: 2147483647,
  supportedServices: rest.isVerified === false ? [] : ['Email', 'OfficeCommunicationsOnline'],
})

/** A fresh Contoso. */
export function seedTenant(options: {
  now: () => number
  settings: Pick<Settings, 'replicationDelayMs' | 'throttle'>
}): Tenant {
  const domains = [
    domain('contoso.com', {}),
    domain('contoso.onmicrosoft.com', { isInitial: true }),
    domain('fabrikam.com', { authenticationType: 'Federated' }),
    domain('newbrand.example', { isVerified: false }),
  ]
  const tenant: Tenant = {
    now: options.now,
    id: guid('tenant'),
    epoch: randomUUID().slice(0, 8),
    users: new Map(),
    groups: new Map(),
    deletedUsers: new Map(),
    deletedGroups: new Map(),
    claims: new Map(),
    roles: new Map(seedRoles().map((role) => [role.id, role])),
    devices: new Map(seedDevices().map((device) => [device.id, device])),
    domains,
    skus: seedSkus(),
    organization: {
      id: guid('tenant'),
      displayName: 'Contoso',
      countryLetterCode: 'US',
      preferredLanguage: 'en',
      createdDateTime: '2019-03-01T09:00:00Z',
      tenantType: 'AAD',
      verifiedDomains: domains
        .filter(({ isVerified }) => isVerified)
        .map(({ id, isDefault, isInitial, authenticationType }) => ({
          name: id,
          isDefault,
          isInitial,
          type: authenticationType,
          capabilities: 'Email, OfficeCommunicationsOnline',
        })),
    },
    grants: [],
    appRoleAssignments: [],
    audits: [],
    tapPolicy: {
      enabled: true,
      defaultLength: 8,
      defaultLifetimeInMinutes: 60,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
      isUsableOnce: false,
    },
    settings: { ...options.settings, appRoles: ['User Administrator'], latencyMs: 0 },
    mail: [],
    writes: [],
    journal: { seq: 0, users: new Map(), groups: new Map() },
    pages: new Map(),
  }
  admitPeople(tenant)
  admitGroups(tenant)
  assignSeats(tenant)
  seedAuthentication(tenant)
  seedGrants(tenant)
  return tenant
}
