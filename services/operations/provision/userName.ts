import { quote } from '../../graph/index.ts'
import type { PlanContext } from '../operation.ts'

/** Is there an account, or an open request for one? */
export async function isTaken(userPrincipalName: string, context: PlanContext): Promise<boolean> {
  if (await context.isReserved(userPrincipalName)) return true
  return (await context.graph.users.get(userPrincipalName)) !== undefined
}

const MOST_NAMESAKES = 200

/** The first free one of `ada.lovelace`, `ada.lovelace2`, `ada.lovelace3` … in this domain. */
export async function proposeUserName(localPart: string, domain: string, context: PlanContext): Promise<string> {
  const taken = new Set<string>()
  const filter = `startsWith(userPrincipalName,${quote(localPart)})`
  for await (const user of context.graph.users.list({ filter })) taken.add(user.userPrincipalName.toLowerCase())
  for (let n = 1; n <= MOST_NAMESAKES; n += 1) {
    const candidate = `${localPart}${n === 1 ? '' : n}@${domain}`
    if (!taken.has(candidate.toLowerCase()) && !(await context.isReserved(candidate))) return candidate
  }
  throw new Error(`No free user name for ${MOST_NAMESAKES} namesakes.`)
}
