import { findAccounts, findPerson, toPerson } from '../../directories/people.ts'
import type { User } from '../../graph/index.ts'
import type { Person } from '../../requests/request.ts'
import type { StepKind } from '../../steps/step.ts'
import type { Checked, Draft, PlanContext, Problem } from '../operation.ts'
import { clean } from '../text.ts'
import { refuse } from '../guards.ts'
import type { DeactivateInput, MailboxFate } from './input.ts'
import { plan } from './plan.ts'
import { startMoment } from './when.ts'

const LONGEST_DAYS = 3650

/** Makes a checked input of a form, or says everything that is wrong with it at once. */
export async function check(draft: Draft, context: PlanContext): Promise<Checked<DeactivateInput>> {
  const problems: Problem[] = []
  const proposed: Draft = {}
  const { deactivate } = context.policy
  if (clean(draft['reason']) === '') problems.push({ field: 'reason', code: 'required' })

  const found = await findLeaver(clean(draft['person']), context)
  const user = 'code' in found ? undefined : found
  if ('code' in found) problems.push(found)

  const manager = user ? await context.graph.users.manager(user.id) : undefined
  const successor = await findSuccessor(clean(draft['successor']), { user, manager }, context)
  if (successor && 'code' in successor) problems.push(successor)
  const heir = successor && !('code' in successor) ? successor : undefined

  const urgent = draft['urgent'] === 'true'
  const start = startMoment({ date: clean(draft['startDate']), time: clean(draft['startTime']) }, context)
  if ('code' in start) problems.push(start)
  else if (urgent && start.startAt)
    problems.push({ field: 'urgent', code: 'contradiction', data: { a: 'urgent', b: 'a later date' } })

  const mailbox = readMailbox(draft['mailbox'] ?? deactivate.mailbox)
  if (!mailbox) problems.push({ field: 'mailbox', code: 'not_offered' })
  const deleteAfterDays = Number(clean(draft['deleteAfterDays']) || deactivate.deleteAfterDays)
  if (!Number.isInteger(deleteAfterDays) || deleteAfterDays < 0 || deleteAfterDays > LONGEST_DAYS) {
    problems.push({ field: 'deleteAfterDays', code: 'not_offered' })
  } else if (deleteAfterDays > 0 && mailbox && mailbox !== 'none') {
    problems.push({
      field: 'deleteAfterDays',
      code: 'contradiction',
      data: { a: 'deleting the account', b: 'keeping its mailbox' },
    })
  }
  if (user) proposed['autoReply'] = replyFor(user, heir ?? (manager && toPerson(manager)), deactivate.autoReply)
  if (heir) proposed['successor'] = heir.userPrincipalName

  if (problems.length > 0 || !user || !mailbox || 'code' in start) return { ok: false, problems, proposed }
  const input: DeactivateInput = {
    userId: user.id,
    name: user.displayName,
    userPrincipalName: user.userPrincipalName,
    ...(manager ? { manager: toPerson(manager) } : {}),
    ...(heir ? { successor: heir } : {}),
    ...start,
    urgent,
    mailbox,
    autoReply: clean(draft['autoReply'] ?? proposed['autoReply']).slice(0, 2000),
    devices: draft['devices'] !== 'false',
    deleteAfterDays,
  }
  if (user.accountEnabled === false && !(await isAnythingLeft(input, context))) {
    return {
      ok: false,
      problems: [{ field: 'person', code: 'is_disabled', data: { name: user.displayName } }],
      proposed,
    }
  }
  return { ok: true, input, proposed }
}

/** What can be done over and over without changing anything is not what somebody left undone. */
const REPEATABLE: readonly StepKind[] = ['revoke-sessions', 'scramble-password', 'reroute-approvals']

async function isAnythingLeft(input: DeactivateInput, context: PlanContext): Promise<boolean> {
  const { steps } = await plan(input, context)
  return steps.some((step) => !REPEATABLE.includes(step.kind) || step.note !== undefined)
}

const readMailbox = (text: string): MailboxFate | undefined =>
  (['shared', 'keep', 'none'] as const).find((fate) => fate === text.trim())

/** Never a guess: more than one comes back as a list to pick from. Disabled accounts count, as something may be left to do. */
async function findLeaver(typed: string, context: PlanContext): Promise<User | Problem> {
  const field = 'person'
  if (typed === '') return { field, code: 'required' }
  const [user, ...others] = await findAccounts(context.graph, typed)
  if (!user) {
    const domain = typed.split('@')[1]?.toLowerCase()
    const ours = (await context.graph.domains.list()).some((d) => d.id.toLowerCase() === domain)
    return domain && !ours
      ? { field, code: 'other_directory', data: { domain } }
      : { field, code: 'person_unknown', data: { typed } }
  }
  if (others.length > 0) {
    const label = (u: User): string => [u.displayName, u.jobTitle, u.userPrincipalName].filter(Boolean).join(', ')
    const candidates = [user, ...others].map((u) => ({ id: u.userPrincipalName, label: label(u) }))
    return { field, code: 'person_ambiguous', data: { typed }, candidates }
  }
  const open = await context.openAbout('deactivate', user.id)
  if (open) return { field, code: 'already_asked', data: { id: open._id, name: user.displayName } }
  return (await refuse(user, context)) ?? user
}

async function findSuccessor(
  typed: string,
  leaving: { user: User | undefined; manager: User | undefined },
  context: PlanContext,
): Promise<Person | Problem | undefined> {
  const field = 'successor'
  if (typed === '') return leaving.manager?.accountEnabled ? toPerson(leaving.manager) : undefined
  const found = await findPerson(context.graph, typed)
  switch (found.is) {
    case 'one':
      return found.person.id === leaving.user?.id
        ? { field, code: 'contradiction', data: { a: 'leaving', b: 'taking over' } }
        : found.person
    case 'many':
      return {
        field,
        code: 'person_ambiguous',
        data: { typed },
        candidates: found.people.map((p) => ({ id: p.userPrincipalName, label: `${p.name}, ${p.userPrincipalName}` })),
      }
    case 'disabled':
      return { field, code: 'person_disabled', data: { name: found.person.name } }
    case 'none':
      return { field, code: 'person_unknown', data: { typed } }
  }
}

const replyFor = (user: User, contact: Person | undefined, template: string): string =>
  contact
    ? template
        .replace('{name}', user.displayName)
        .replace('{contact}', `${contact.name} (${contact.userPrincipalName})`)
    : ''
