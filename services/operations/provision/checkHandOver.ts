import type { HandOverWay } from '../../approvals/policy.ts'
import type { Draft, PlanContext, Problem } from '../operation.ts'
import { clean } from '../text.ts'

const MAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/

export async function checkHandOver(
  draft: Draft,
  context: PlanContext,
): Promise<{ handOver: HandOverWay; alternateMail?: string } | Problem> {
  const { offered, mailFrom } = context.policy.handOver
  const typed = clean(draft['handOver'])
  const way = typed === '' ? offered[0] : offered.find((w) => w === typed)
  if (way === undefined) return { field: 'handOver', code: 'not_offered' }
  const alternateMail = clean(draft['alternateMail'])
  if (alternateMail !== '' && (!MAIL.test(alternateMail) || alternateMail.length > 250)) {
    return { field: 'alternateMail', code: 'bad_mail' }
  }
  if (way === 'activation-mail') {
    if (mailFrom === undefined) return { field: 'handOver', code: 'mail_not_configured' }
    if (alternateMail === '') return { field: 'alternateMail', code: 'mail_needed' }
  }
  if (way !== 'temporary-password' && !(await context.graph.authentication.tapPolicy()).enabled) {
    return { field: 'handOver', code: 'pass_policy_off' }
  }
  return { handOver: way, ...(alternateMail ? { alternateMail } : {}) }
}
