/** The one `$select` for users, everywhere: a user read twice has the same shape, so that before and after compare. */
export const USER_FIELDS = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'userPrincipalName',
  'mail',
  'mailNickname',
  'otherMails',
  'jobTitle',
  'department',
  'companyName',
  'officeLocation',
  'mobilePhone',
  'businessPhones',
  'usageLocation',
  'accountEnabled',
  'userType',
  'employeeId',
  'employeeHireDate',
  'createdDateTime',
  'showInAddressList',
  'onPremisesSyncEnabled',
  'onPremisesExtensionAttributes',
  'assignedLicenses',
  'licenseAssignmentStates',
] as const

export interface AssignedLicense {
  skuId: string
  disabledPlans: string[]
}

/** How one licence came to a user: directly (`assignedByGroup` null) or by a group. @see learn: licenseassignmentstate */
export interface LicenseAssignmentState {
  skuId: string
  assignedByGroup: string | null
  disabledPlans?: string[]
  state: string
  /** `None`, or why it is not active: CountViolation, MutuallyExclusiveViolation, ProhibitedInUsageLocationViolation … */
  error: string
}

/** `extensionAttribute1` … `extensionAttribute15`; writable for cloud accounts. */
export type ExtensionAttributes = Partial<Record<`extensionAttribute${number}`, string | null>>

/** Dates are ISO 8601 strings, as Graph gives them, so that a plan's digest is stable. */
export interface User {
  id: string
  displayName: string
  userPrincipalName: string
  givenName?: string | null
  surname?: string | null
  mail?: string | null
  mailNickname?: string | null
  otherMails?: string[]
  jobTitle?: string | null
  department?: string | null
  companyName?: string | null
  officeLocation?: string | null
  mobilePhone?: string | null
  businessPhones?: string[]
  usageLocation?: string | null
  /** Absent is not false: Graph gives it only with `$select`, which every call here has. */
  accountEnabled?: boolean | null
  userType?: string | null
  employeeId?: string | null
  employeeHireDate?: string | null
  createdDateTime?: string | null
  showInAddressList?: boolean | null
  onPremisesSyncEnabled?: boolean | null
  onPremisesExtensionAttributes?: ExtensionAttributes | null
  assignedLicenses?: AssignedLicense[]
  licenseAssignmentStates?: LicenseAssignmentState[] | null
}

export interface PasswordProfile {
  password: string
  forceChangePasswordNextSignIn: boolean
}

type Optional =
  | 'givenName'
  | 'surname'
  | 'otherMails'
  | 'jobTitle'
  | 'department'
  | 'companyName'
  | 'officeLocation'
  | 'mobilePhone'
  | 'businessPhones'
  | 'usageLocation'
  | 'employeeId'
  | 'showInAddressList'
  | 'onPremisesExtensionAttributes'

export interface NewUser extends Pick<User, Optional> {
  accountEnabled: boolean
  displayName: string
  mailNickname: string
  userPrincipalName: string
  passwordProfile: PasswordProfile
  /** ISO 8601. Now or never: an app can set it at creation but not change it (learn: user-update). */
  employeeHireDate?: string | null
  /** Needed when the domain of the UPN is federated. */
  onPremisesImmutableId?: string
}

/** Only what changes. Null empties a property; `employeeHireDate` cannot be changed by an app. */
export interface UserPatch extends Pick<User, Optional> {
  accountEnabled?: boolean
  displayName?: string
  mailNickname?: string
  userPrincipalName?: string
  /** Needs User-PasswordProfile.ReadWrite.All and the User Administrator role on the app. */
  passwordProfile?: PasswordProfile
}
