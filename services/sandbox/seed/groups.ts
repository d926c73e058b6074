export type GroupKey =
  | 'helpdesk'
  | 'approvers'
  | 'admins'
  | 'engineering'
  | 'sales'
  | 'finance'
  | 'marketing'
  | 'vpn'
  | 'laptops'
  | 'github'
  | 'licenceE3'
  | 'dynamicSales'
  | 'news'
  | 'executives'
  | 'badges'
  | 'tier0'
  | 'robotics'

export interface SeedGroup {
  key: GroupKey
  displayName: string
  description: string
  kind: 'security' | 'microsoft365' | 'distribution' | 'mail-security' | 'dynamic'
  nickname: string
  /** Keys of people, `department:X`, or `group:key`. */
  members: string[]
  owners: string[]
  props?: Record<string, unknown>
  /** Key of the SKU that it hands down. */
  licence?: 'e3'
}

const group = (
  [key, displayName, description]: readonly [GroupKey, string, string],
  kind: SeedGroup['kind'],
  rest: Partial<SeedGroup>,
): SeedGroup => ({ key, displayName, description, kind, nickname: key, members: [], owners: [], ...rest })

/** Groups of every kind that Entra ID knows, with those that Latchkey's default policy names. */
export const GROUPS: readonly SeedGroup[] = [
  group(['helpdesk', 'Latchkey Helpdesk', 'May ask Latchkey for account changes'], 'security', {
    members: ['alex', 'isaiah'],
    owners: ['nestor'],
  }),
  group(['approvers', 'Latchkey Approvers', 'Decide when a manager cannot be reached'], 'security', {
    members: ['lynne', 'nestor'],
    owners: ['nestor'],
  }),
  group(['admins', 'Latchkey Admins', 'Connect directories, set policy, export history'], 'security', {
    members: ['patti', 'admin'],
    owners: ['nestor'],
  }),
  group(['engineering', 'All Engineering', 'Everybody in Engineering'], 'microsoft365', {
    nickname: 'allengineering',
    members: ['department:Engineering'],
    owners: ['megan'],
  }),
  group(['sales', 'Sales Team', 'Deals, forecasts, wins'], 'microsoft365', {
    nickname: 'salesteam',
    members: ['department:Sales'],
    owners: ['bianca', 'nikki'],
  }),
  group(['finance', 'Finance', 'Budget and closing'], 'microsoft365', {
    members: ['department:Finance'],
    owners: ['debra', 'ben'],
  }),
  group(['marketing', 'Marketing', 'Campaigns and launches'], 'microsoft365', {
    members: ['department:Marketing'],
    owners: ['miriam'],
  }),
  group(['vpn', 'VPN Users', 'Remote access'], 'security', {
    members: ['adele', 'megan', 'alex', 'pradeep', 'johanna', 'layla', 'disabled', 'group:laptops'],
    owners: ['allan'],
  }),
  group(['laptops', 'Engineering Laptops', 'Build tools on managed laptops'], 'security', {
    members: ['adele', 'johanna', 'sanjay', 'tomasz'],
    owners: ['allan'],
  }),
  group(['github', 'GitHub Users', 'Single sign-on to GitHub'], 'security', {
    members: ['adele', 'pradeep', 'johanna', 'sanjay', 'noam', 'oskar'],
    owners: ['pradeep'],
  }),
  group(['licenceE3', 'License - Microsoft 365 E3', 'Membership gives a Microsoft 365 E3 licence'], 'security', {
    members: ['alex', 'isaiah', 'karl', 'henrietta', 'irvin', 'raul'],
    owners: ['allan'],
    licence: 'e3',
  }),
  group(['dynamicSales', 'All Sales (dynamic)', 'Filled by its rule'], 'dynamic', {
    props: { membershipRule: 'user.department -eq "Sales"', membershipRuleProcessingState: 'On' },
  }),
  group(['news', 'News', 'Company news by mail'], 'distribution', {
    members: ['adele', 'megan', 'alex'],
    owners: ['miriam'],
  }),
  group(['executives', 'Executives', 'Mail and access of the leadership'], 'mail-security', {
    members: ['patti', 'megan', 'debra'],
    owners: ['patti'],
  }),
  group(['badges', 'HQ Badge Holders', 'Mastered in the on-premises directory'], 'security', {
    members: ['patti', 'adele', 'synced'],
    props: {
      onPremisesSyncEnabled: true,
      onPremisesSamAccountName: 'HQ-Badge',
      onPremisesDomainName: 'corp.contoso.com',
    },
  }),
  group(['tier0', 'Tier 0 Operators', 'Role-assignable: members hold Groups Administrator'], 'security', {
    members: ['hanna'],
    owners: ['nestor'],
    props: { isAssignableToRole: true },
  }),
  group(['robotics', 'Robotics Club', 'Friday evenings, soldering irons provided'], 'microsoft365', {
    nickname: 'roboticsclub',
    members: ['adele', 'noam', 'serena'],
    owners: ['adele'],
  }),
]
