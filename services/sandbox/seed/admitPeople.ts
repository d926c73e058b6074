import { settleLicences } from '../rules/licensing.ts'
import { admitUser } from '../rules/userLife.ts'
import type { Tenant } from '../state.ts'
import { ids } from './ids.ts'
import { ACCOUNTS, PEOPLE, type Person } from './people.ts'

/** Every seeded account can sign in with this, so that a test can tell when a password has stopped working. */
export const SEED_PASSWORD = 'Contoso-Seed-2026!'

const FIXED = { createdDateTime: '2024-01-15T08:00:00Z', accountEnabled: true }
const passwordProfile = { password: SEED_PASSWORD, forceChangePasswordNextSignIn: false }
const KEYS: Record<string, string> = ids.everyone

export function admitPeople(tenant: Tenant): void {
  PEOPLE.forEach((person, i) => {
    const user = admitUser(tenant, { ...propsOf(person, i), passwordProfile }, { id: KEYS[person.key], delayMs: 0 })
    user.managerId = KEYS[person.manager]
  })
  for (const { key, displayName, userPrincipalName, props } of ACCOUNTS) {
    const mailNickname = userPrincipalName.split('@')[0]
    const body = { ...FIXED, displayName, userPrincipalName, mailNickname, ...props, passwordProfile }
    admitUser(tenant, body, { id: KEYS[key], delayMs: 0 })
  }
}

function propsOf(person: Person, i: number) {
  const { given, surname, name, department, title, country, office } = person
  const phone = `+1 425 555 0${String(100 + i)}`
  return {
    ...FIXED,
    displayName: `${given} ${surname}`,
    givenName: given,
    surname,
    userPrincipalName: `${name}@contoso.com`,
    mailNickname: name,
    department,
    jobTitle: title,
    usageLocation: country,
    country,
    officeLocation: office,
    companyName: 'Contoso',
    employeeId: String(10_001 + i),
    preferredLanguage: 'en-US',
    businessPhones: [phone],
    mobilePhone: i % 3 === 0 ? `+1 206 555 0${String(100 + i)}` : null,
    ...EXCEPTIONS[person.key],
  }
}

const EXCEPTIONS: Record<string, Record<string, unknown>> = {
  disabled: { accountEnabled: false },
  synced: {
    onPremisesSyncEnabled: true,
    onPremisesSamAccountName: 'hfinch',
    onPremisesDomainName: 'corp.contoso.com',
    onPremisesImmutableId: 'aGZpbmNoLWNvbnRvc28=',
    onPremisesLastSyncDateTime: '2026-01-05T06:00:00Z',
  },
}

const E5 = ['patti', 'megan', 'nestor', 'debra', 'lynne']
const VISIO = ['pradeep', 'gerhart']
/** Left without Microsoft 365, so that some people need a licence and twelve E3 seats stay free. */
const UNLICENSED = ['paolo', 'victor']

/** Direct licences; who is in the licensed group gets E3 from there. */
export function assignSeats(tenant: Tenant): void {
  for (const { key } of PEOPLE) {
    const user = tenant.users.get(KEYS[key] ?? '')
    if (user === undefined) continue
    const inherited = user.inherited.length > 0
    if (E5.includes(key)) give(user.direct, ids.skus.e5)
    else if (!inherited && !UNLICENSED.includes(key)) give(user.direct, ids.skus.e3)
    if (VISIO.includes(key)) give(user.direct, ids.skus.visio)
    if (key === 'adele') give(user.direct, ids.skus.powerBi)
    settleLicences(tenant, user)
  }
}

const give = (direct: Map<string, { disabledPlans: string[]; at: string }>, skuId: string) =>
  direct.set(skuId, { disabledPlans: [], at: FIXED.createdDateTime })
