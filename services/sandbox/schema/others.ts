import { properties } from './property.ts'

export const ROLE = properties([
  ['string', 'eq ne not in', 'id*'],
  ['date', '', 'deletedDateTime!*'],
  ['string', 'eq', 'description!* displayName!* roleTemplateId*'],
])

export const DEVICE = properties([
  ['string', 'eq ne not in', 'id*'],
  ['date', '', 'deletedDateTime!*'],
  ['boolean', 'eq ne not in', 'accountEnabled*'],
  ['date', 'eq ne not ge le null', 'approximateLastSignInDateTime!*'],
  ['date', '', 'registrationDateTime!*'],
  ['string', '', 'deviceOwnership* managementType* manufacturer!* model!* profileType* trustType!*'],
  ['string', 'eq ne not startsWith', 'deviceId*'],
  ['integer', '', 'deviceVersion*'],
  ['string', 'eq ne not ge le in startsWith null', 'displayName*'],
  ['boolean', 'eq ne not', 'isCompliant* isManaged*'],
  ['string', 'eq ne not ge le startsWith null', 'operatingSystem* operatingSystemVersion*'],
])

export const DOMAIN = properties([
  ['string required', '', 'id* authenticationType*'],
  ['string', '', 'availabilityStatus* manufacturer* model*'],
  ['boolean required', '', 'isAdminManaged* isDefault* isInitial* isRoot* isVerified*'],
  ['integer', '', 'passwordNotificationWindowInDays* passwordValidityPeriodInDays*'],
  ['strings', '', 'supportedServices*'],
])

export const SKU = properties([
  ['string', '', 'id* accountId* accountName* appliesTo* capabilityStatus* skuId* skuPartNumber*'],
  ['integer', '', 'consumedUnits*'],
  ['object required', '', 'prepaidUnits*'],
  ['objects', '', 'servicePlans*'],
  ['strings', '', 'subscriptionIds*'],
])

export const ORGANIZATION = properties([
  [
    'string',
    '',
    'id* city* country* countryLetterCode* displayName* postalCode* preferredLanguage* state* street* tenantType*',
  ],
  ['boolean', '', 'onPremisesSyncEnabled*'],
  ['date', '', 'createdDateTime* onPremisesLastSyncDateTime*'],
  ['strings', '', 'businessPhones* technicalNotificationMails*'],
  ['objects', '', 'verifiedDomains*'],
])

export const LICENSE_DETAILS = properties([
  ['string', '', 'id* skuId* skuPartNumber*'],
  ['objects', '', 'servicePlans*'],
])

export const GRANT = properties([['string', 'eq', 'id* clientId* consentType* principalId* resourceId* scope*']])

export const APP_ROLE_ASSIGNMENT = properties([
  ['string', '', 'id* appRoleId* principalId* principalType* resourceDisplayName*'],
  ['date', '', 'createdDateTime*'],
  ['string', 'eq startsWith', 'principalDisplayName*'],
  ['string', 'eq', 'resourceId*'],
])

export const ROLE_ASSIGNMENT = properties([['string', 'eq in', 'id* directoryScopeId* principalId* roleDefinitionId*']])

export const ROLE_DEFINITION = properties([
  ['string', 'eq in', 'id* displayName*'],
  ['string', '', 'description* templateId* version*'],
  ['boolean', 'eq in', 'isBuiltIn* isEnabled*'],
])

export const AUDIT = properties([
  ['string', 'eq', 'id* loggedByService*'],
  ['date required', 'eq ge le', 'activityDateTime*'],
  ['string', 'eq startsWith', 'activityDisplayName*'],
  ['string', 'eq', 'correlationId*'],
  ['string', '', 'category* operationType* result* resultReason*'],
  ['object required', '', 'initiatedBy*'],
  ['objects', 'eq', 'targetResources* additionalDetails*'],
])
