import { quote } from '../../graph/index.ts'
import type { PlanContext } from '../operation.ts'
import { mailNicknameFor } from './names.ts'

/** Is there an account, an open request for one, or an address of somebody or some group that it would collide with? */
export async function isTaken(userPrincipalName: string, context: PlanContext): Promise<boolean> {
  if (await context.isReserved(userPrincipalName)) return true
  if ((await context.graph.users.get(userPrincipalName)) !== undefined) return true
  return isAddressed(userPrincipalName, context)
}

/** Graph refuses a new account whose address or alias is held by anybody, in whichever domain. */
async function isAddressed(userPrincipalName: string, { graph }: PlanContext): Promise<boolean> {
  const alias = mailNicknameFor(userPrincipalName.split('@')[0] ?? '')
  const address = `proxyAddresses/any(p:p eq ${quote(`smtp:${userPrincipalName}`)})`
  const filter = `${address} or mailNickname eq ${quote(alias)}`
  const found = await Promise.all([isAny(graph.users.list({ filter, top: 1 })), isAny(graph.groups.list({ filter }))])
  return found.includes(true)
}

async function isAny(found: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _one of found) return true
  return false
}

const MOST_NAMESAKES = 200

/** The first free one of `ada.lovelace`, `ada.lovelace2`, `ada.lovelace3` … in this domain. */
export async function proposeUserName(localPart: string, domain: string, context: PlanContext): Promise<string> {
  const taken = new Set<string>()
  const filter = `startsWith(userPrincipalName,${quote(localPart)})`
  for await (const user of context.graph.users.list({ filter })) taken.add(user.userPrincipalName.toLowerCase())
  for (let n = 1; n <= MOST_NAMESAKES; n += 1) {
    const candidate = `${localPart}${n === 1 ? '' : n}@${domain}`
    if (!taken.has(candidate.toLowerCase()) && !(await isTaken(candidate, context))) return candidate
  }
  throw new Error(`No free user name for ${MOST_NAMESAKES} namesakes.`)
}
