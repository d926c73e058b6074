import { properties } from './property.ts'

const TEXT = 'eq ne not ge le in startsWith null'
const MANY = 'eq not ge le startsWith endsWith count'

/** Properties of a user: kinds, documented $filter operators, default set (Graph v1.0, resource "user"). */
export const USER = properties([
  ['string', 'eq ne not in', 'id*'],
  ['string', '', 'aboutMe legalAgeGroupClassification! mySite onPremisesDistinguishedName! onPremisesDomainName!'],
  ['string', '', 'preferredDataLocation preferredName securityIdentifier! identityParentId'],
  ['boolean', 'eq ne not in', 'accountEnabled'],
  ['string', 'eq ne not in', 'ageGroup consentProvidedForMinor creationType! externalUserState'],
  ['objects', 'eq not count', 'assignedLicenses!'],
  ['objects', 'eq not', 'assignedPlans! serviceProvisioningErrors!'],
  ['object', '', 'authorizationInfo customSecurityAttributes employeeOrgData onPremisesExtensionAttributes'],
  ['object', '', 'passwordProfile print signInActivity!'],
  ['object required', '', 'mailboxSettings'],
  ['date required', '', 'birthday hireDate'],
  ['strings', 'eq not ge le startsWith', 'businessPhones* imAddresses!'],
  ['string', TEXT, 'city companyName country displayName* employeeId faxNumber givenName* jobTitle* mailNickname'],
  ['string', TEXT, 'mobilePhone* officeLocation* postalCode preferredLanguage* state streetAddress surname*'],
  ['string', TEXT, 'usageLocation'],
  ['date', 'eq ne not ge le in', 'createdDateTime! employeeHireDate employeeLeaveDateTime onPremisesLastSyncDateTime!'],
  ['string', 'eq ne not ge le in null', 'department'],
  ['string', 'eq ne not ge le in startsWith', 'employeeType onPremisesSamAccountName! onPremisesUserPrincipalName!'],
  ['date', 'eq ne not in', 'externalUserStateChangeDateTime'],
  ['objects', 'eq', 'identities'],
  ['strings', '', 'interests pastProjects responsibilities schools skills'],
  ['boolean', '', 'isManagementRestricted isResourceAccount showInAddressList'],
  ['date', '', 'lastPasswordChangeDateTime! signInSessionsValidFromDateTime! deletedDateTime!'],
  ['objects', '', 'licenseAssignmentStates!'],
  ['string', `${TEXT} endsWith`, 'mail*'],
  ['string', 'eq ne not ge le in', 'onPremisesImmutableId'],
  ['objects', 'eq not ge le', 'onPremisesProvisioningErrors provisionedPlans!'],
  ['string', 'eq null', 'onPremisesSecurityIdentifier!'],
  ['boolean', 'eq ne not in null', 'onPremisesSyncEnabled!'],
  ['strings', `in ${MANY}`, 'otherMails'],
  ['string', 'ne not null', 'passwordPolicies'],
  ['strings', MANY, 'proxyAddresses!'],
  ['string', 'eq ne not ge le in startsWith endsWith', 'userPrincipalName*'],
  ['string', 'eq ne not in null', 'userType'],
])

/** An app with application permissions may not change these after creation (Graph, "Update user"). */
export const APP_CANNOT_UPDATE: readonly string[] = [
  'aboutMe',
  'birthday',
  'employeeHireDate',
  'interests',
  'mySite',
  'pastProjects',
  'responsibilities',
  'schools',
  'skills',
]

/** Settable at creation at most: missing from the documented list of updatable properties (Graph, "Update user"). */
export const CREATE_ONLY: readonly string[] = [
  'authorizationInfo',
  'deviceEnrollmentLimit',
  'externalUserState',
  'externalUserStateChangeDateTime',
  'faxNumber',
  'hireDate',
  'identityParentId',
  'isManagementRestricted',
  'isResourceAccount',
  'mailboxSettings',
  'onPremisesProvisioningErrors',
  'preferredDataLocation',
  'preferredName',
  'print',
  'showInAddressList',
]
