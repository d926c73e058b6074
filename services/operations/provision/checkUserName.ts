import type { Domain } from '../../graph/index.ts'
import type { Draft, PlanContext, Problem } from '../operation.ts'
import { clean } from '../text.ts'
import { isUserName, userNameFor } from './names.ts'
import { isTaken, proposeUserName } from './userName.ts'

/** The user name that was typed, if it is free; otherwise the proposed one. A name that is taken comes back with a free one. */
export async function checkUserName(
  draft: Draft,
  person: { firstName: string; lastName: string; domains: Domain[] },
  context: PlanContext,
): Promise<{ userPrincipalName: string } | Problem | Problem[]> {
  // Entra compares user names without regard to case, and so must we: in one case there is nothing to compare.
  const typed = clean(draft['userName']).toLowerCase()
  const [typedLocal = '', typedDomain, ...more] = typed.split('@')
  const wantedDomain =
    typedDomain ?? (clean(draft['domain']) || context.policy.provision.domain || person.domains[0]?.id)
  const domain = person.domains.find((d) => d.id.toLowerCase() === wantedDomain?.toLowerCase())?.id
  if (domain === undefined) return { field: 'domain', code: 'bad_domain', data: { domain: wantedDomain ?? '' } }

  if (typed === '') {
    const local = userNameFor(person.firstName, person.lastName)
    // Said beside the names already: a user name comes by itself once they are there.
    if (person.firstName === '' && person.lastName === '') return []
    if (local === '') return { field: 'userName', code: 'user_name_needed' }
    return { userPrincipalName: await proposeUserName(local, domain, context) }
  }
  if (!isUserName(typedLocal) || more.length > 0) return { field: 'userName', code: 'bad_characters' }
  const userPrincipalName = `${typedLocal}@${domain}`
  if (!(await isTaken(userPrincipalName, context))) return { userPrincipalName }
  const free = await proposeUserName(typedLocal.replace(/\d+$/, '') || typedLocal, domain, context)
  return { field: 'userName', code: 'user_name_taken', data: { userPrincipalName, free: free.split('@')[0] ?? free } }
}
