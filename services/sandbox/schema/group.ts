import { properties } from './property.ts'

const TEXT = 'eq ne not ge le in startsWith null'

/** Properties of a group: kinds, documented $filter operators, default set (Graph v1.0, resource "group"). */
export const GROUP = properties([
  ['string', 'eq ne not in', 'id*'],
  [
    'boolean',
    '',
    'allowExternalSenders autoSubscribeNewMembers hideFromAddressLists hideFromOutlookClients isArchived!',
  ],
  ['boolean', '', 'isManagementRestricted isSubscribedByMail isFavorite welcomeMessageEnabled'],
  ['objects', '', 'assignedLabels'],
  ['objects', 'eq', 'assignedLicenses!'],
  ['string', 'eq ne not ge le startsWith', 'classification* description* membershipRule*'],
  ['date', '', 'createdDateTime!* deletedDateTime!*'],
  ['string', TEXT, 'displayName* mail!* mailNickname* preferredLanguage*'],
  ['date', 'eq ne not ge le in', 'expirationDateTime!* onPremisesLastSyncDateTime!* renewedDateTime!*'],
  ['strings', 'eq not', 'groupTypes*'],
  ['boolean', 'eq', 'hasMembersWithLicenseErrors!'],
  ['boolean', 'eq ne not', 'isAssignableToRole* mailEnabled*'],
  ['object', '', 'licenseProcessingState onPremisesExtensionAttributes'],
  ['string', 'eq ne not in', 'membershipRuleProcessingState*'],
  ['string', '', 'onPremisesDomainName!* onPremisesNetBiosName!* preferredDataLocation* securityIdentifier!* theme*'],
  ['string', '', 'uniqueName! visibility* organizationId'],
  ['objects', 'eq not', 'onPremisesProvisioningErrors* serviceProvisioningErrors'],
  ['string', 'eq ne not ge le in startsWith', 'onPremisesSamAccountName!*'],
  ['string', 'eq null', 'onPremisesSecurityIdentifier!*'],
  ['boolean', 'eq ne not in null', 'onPremisesSyncEnabled!*'],
  ['strings', 'eq not ge le startsWith endsWith count', 'proxyAddresses!*'],
  ['boolean', 'eq ne not in', 'securityEnabled*'],
  ['strings', '', 'infoCatalogs resourceBehaviorOptions resourceProvisioningOptions'],
])
