import { GraphFailure } from '../errors.ts'
import { contextOf, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import type { Tenant } from '../state.ts'

function configurations(tenant: Tenant): (Json & { id: string })[] {
  const { enabled, ...bounds } = tenant.tapPolicy
  const target = { targetType: 'group', id: 'all_users', isRegistrationRequired: false }
  return [
    {
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
      id: 'TemporaryAccessPass',
      state: enabled ? 'enabled' : 'disabled',
      ...bounds,
      includeTargets: [target],
    },
    {
      '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration',
      id: 'MicrosoftAuthenticator',
      state: 'enabled',
    },
    { '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration', id: 'Fido2', state: 'enabled' },
  ]
}

function policy({ tenant, request }: Call): GraphAnswer {
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, 'authenticationMethodsPolicy'),
      id: 'authenticationMethodsPolicy',
      displayName: 'Authentication Methods Policy',
      description: 'The tenant-wide policy that controls which authentication methods are allowed.',
      lastModifiedDateTime: '2024-01-10T08:00:00Z',
      policyVersion: '1.5',
      reconfirmationInDays: null,
      authenticationMethodConfigurations: configurations(tenant),
    },
  }
}

function configuration({ tenant, args, request }: Call): GraphAnswer {
  const id = args['id'] ?? ''
  const found = configurations(tenant).find((one) => one.id.toLowerCase() === id.toLowerCase())
  if (found === undefined) throw new GraphFailure(404, 'resourceNotFound', { message: `'${id}' was not found.` })
  const context = contextOf(request, 'authenticationMethodConfigurations/$entity')
  return { status: 200, body: { '@odata.context': context, ...found } }
}

const POLICY = '/policies/authenticationMethodsPolicy'

export const policyRoutes: readonly Route[] = [
  ['GET', POLICY, policy],
  ['GET', `${POLICY}/authenticationMethodConfigurations/{id}`, configuration],
]
