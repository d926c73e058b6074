import { contextOf, type Call, type GraphAnswer, type Route } from '../http.ts'
import { findUser } from '../rules/find.ts'
import { changed } from '../rules/journal.ts'

/** Ends sessions: 200 `{value: true}`; does nothing to a guest, whose home tenant holds the sessions. */
function revokeSignInSessions({ tenant, args, request }: Call): GraphAnswer {
  const user = findUser(tenant, args['id'] ?? '')
  if (user.props['userType'] !== 'Guest') {
    user.props['signInSessionsValidFromDateTime'] = new Date(tenant.now()).toISOString()
    changed(tenant, 'users', { id: user.id, fields: ['signInSessionsValidFromDateTime'] })
  }
  return { status: 200, body: { '@odata.context': contextOf(request, 'Edm.Boolean'), value: true } }
}

export const sessionRoutes: readonly Route[] = [['POST', '/users/{id}/revokeSignInSessions', revokeSignInSessions]]
