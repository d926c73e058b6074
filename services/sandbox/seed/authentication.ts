import type { AuthMethod, Tenant } from '../state.ts'
import { guid } from './guid.ts'
import { ids } from './ids.ts'

/** Everybody has a password under this id (Graph, resource "passwordAuthenticationMethod"). */
const PASSWORD_METHOD = '28c10230-6103-485e-b985-444c60001490'
/** A mobile phone method has this id (Graph, resource "phoneAuthenticationMethod"). */
const MOBILE_METHOD = '3179e48a-750b-4051-897c-87b9720928f7'

export const passwordMethod = (): AuthMethod => ({
  id: PASSWORD_METHOD,
  '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
  password: null,
  createdDateTime: '2024-01-15T08:00:00Z',
})

const phone = (phoneNumber: string): AuthMethod => ({
  id: MOBILE_METHOD,
  '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
  phoneNumber,
  phoneType: 'mobile',
  smsSignInState: 'notConfigured',
})

const authenticator = (owner: string): AuthMethod => ({
  id: guid(`authenticator:${owner}`),
  '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
  displayName: `${owner}'s phone`,
  deviceTag: 'SoftwareTokenActivated',
  phoneAppVersion: '6.2510.1',
  createdDateTime: '2024-03-01T08:00:00Z',
})

export function seedAuthentication(tenant: Tenant): void {
  tenant.users.get(ids.users.adele)?.methods.push(phone('+1 4255550109'), authenticator('Adele'))
  tenant.users.get(ids.users.megan)?.methods.push(authenticator('Megan'))
  tenant.users.get(ids.users.alex)?.methods.push(phone('+1 4255550111'), {
    id: guid('fido2:alex'),
    '@odata.type': '#microsoft.graph.fido2AuthenticationMethod',
    displayName: 'Blue security key',
    model: 'Security Key NFC',
    createdDateTime: '2024-03-02T08:00:00Z',
  })
}
