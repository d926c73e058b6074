import { guid } from './guid.ts'
import { GROUPS, type GroupKey } from './groups.ts'
import { ACCOUNTS, PEOPLE } from './people.ts'

const from = <K extends string>(kind: string, keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, guid(`${kind}:${key}`)])) as Record<K, string>

/** People whom tests and demonstrations name; the rest are in `everyone`. */
const NAMED = [
  'patti',
  'miriam',
  'megan',
  'lynne',
  'nestor',
  'lee',
  'debra',
  'bianca',
  'grady',
  'adele',
  'isaiah',
  'alex',
  'pradeep',
  'diego',
  'johanna',
  'joni',
  'allan',
  'henrietta',
  'irvin',
  'enrico',
  'christie',
  'siobhan',
  'marko',
  'layla',
  'noam',
  'robin',
  'chrisSales',
  'chrisFinance',
  'hanna',
  'synced',
  'disabled',
  'admin',
  'breakGlass',
  'userAdmin',
  'scanner',
  'guest',
] as const

const ROLE_KEYS = [
  'globalAdministrator',
  'userAdministrator',
  'helpdeskAdministrator',
  'privilegedAuthenticationAdministrator',
  'authenticationAdministrator',
  'groupsAdministrator',
  'directoryReaders',
] as const

/** Object ids of what is seeded, by short name; the same in every run. */
export const ids = {
  tenant: guid('tenant'),
  users: from('user', NAMED),
  everyone: from(
    'user',
    [...PEOPLE, ...ACCOUNTS].map(({ key }) => key),
  ),
  groups: from<GroupKey>(
    'group',
    GROUPS.map(({ key }) => key),
  ),
  /** Ids of the activated directory roles; not their template ids. */
  roles: from('role', ROLE_KEYS),
  devices: from('device', ['adeleLaptop', 'adelePhone', 'meganLaptop', 'alexLaptop']),
  skus: {
    e3: '05e9a617-0261-4cee-bb44-138d3ef5d965',
    e5: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    ems: 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e',
    powerBi: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
    flow: 'f30db892-07e9-47e9-837c-80727f46fd3d',
    visio: 'c5928f49-12ba-48f7-ada3-0d743a3601d5',
    businessPremium: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
  },
} as const
