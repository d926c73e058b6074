import { findAccounts, toPerson } from '../../directories/people.ts'
import type { Person, Request, Subject } from '../../requests/request.ts'
import { planned } from '../../steps/target.ts'
import type { Checked, Draft, Operation, PlanContext, Problem } from '../operation.ts'
import { clean } from '../text.ts'
import { isPrivileged } from '../standing.ts'
import { careOf } from '../undo/care.ts'
import { notUndoable } from '../undo/index.ts'
import { firstSignIn, undoing } from '../undo/steps.ts'

export interface ReactivateInput {
  userId: string
  name: string
  userPrincipalName: string
  manager?: Person
  /** The deactivation that is taken back; without one, only sign-in is allowed again. */
  from?: string
}

/** Somebody comes back: to where they were, if Latchkey closed the account; otherwise at least through the door. */
export const reactivate: Operation<ReactivateInput> = {
  name: 'reactivate',
  check,
  managerOf: (input) => input.manager?.id,
  async plan(input, context) {
    const subject: Subject = { id: input.userId, name: input.name, userPrincipalName: input.userPrincipalName }
    const original = input.from ? await context.request(input.from) : undefined
    const open = planned('sign-in', {
      kind: 'set-sign-in',
      change: 'change',
      title: 'Sign-in',
      before: 'blocked',
      after: 'allowed',
      args: { userId: input.userId, enabled: true },
    })
    if (original) {
      // Who was blocked before that request comes back all the same.
      const isOpen = (await context.graph.users.get(input.userId))?.accountEnabled === true
      const way = await undoing(original, context, isOpen ? [] : [open])
      return { subject, care: await careOf(original, context), ...way, undoes: original._id }
    }
    const care = (await isPrivileged(input.userId, context)) ? 'protected' : 'ordinary'
    const notes = [
      'Latchkey did not close this account, so it does not know what it had: groups and licences stay as they are.',
    ]
    return { subject, care, steps: [open, firstSignIn({ subject }, input.userId, context)], notes }
  },
}

async function check(draft: Draft, context: PlanContext): Promise<Checked<ReactivateInput>> {
  const problems: Problem[] = []
  if (clean(draft['reason']) === '') problems.push({ field: 'reason', code: 'required' })
  const found = await findReturner(clean(draft['person']), context)
  if ('code' in found) return { ok: false, problems: [...problems, found], proposed: {} }
  if (problems.length > 0) return { ok: false, problems, proposed: {} }
  const manager = await context.graph.users.manager(found.userId)
  return { ok: true, input: { ...found, ...(manager ? { manager: toPerson(manager) } : {}) }, proposed: {} }
}

async function findReturner(typed: string, context: PlanContext): Promise<Omit<ReactivateInput, 'manager'> | Problem> {
  const field = 'person'
  if (typed === '') return { field, code: 'required' }
  const users = await findAccounts(context.graph, typed)
  const [user] = users
  if (!user) {
    const [deleted] = typed.includes('@') ? await context.graph.deletedUsers.findByUpn(typed) : []
    if (!deleted) return { field, code: 'person_unknown', data: { typed } }
    return withOrigin(
      { userId: deleted.id, name: deleted.displayName, userPrincipalName: deleted.userPrincipalName },
      context,
    )
  }
  if (users.length > 1) {
    const candidates = users.map((u) => ({
      id: u.userPrincipalName,
      label: `${u.displayName}, ${u.userPrincipalName}`,
    }))
    return { field, code: 'person_ambiguous', data: { typed }, candidates }
  }
  const person = { userId: user.id, name: user.displayName, userPrincipalName: user.userPrincipalName }
  if (user.accountEnabled) return { field, code: 'is_active', data: { name: user.displayName } }
  return withOrigin(person, context)
}

async function withOrigin(
  person: { userId: string; name: string; userPrincipalName: string },
  context: PlanContext,
): Promise<Omit<ReactivateInput, 'manager'> | Problem> {
  const asked = ({ _id: id }: Request): Problem => ({ field: 'person', code: 'already_asked', data: { id, ...person } })
  const again = await context.openAbout('reactivate', person.userId)
  if (again) return asked(again)
  const leaving = await context.openAbout('deactivate', person.userId)
  // One that waits has done what it could, and can be taken back; any other is still about to do it.
  if (leaving && leaving.status !== 'waiting') return asked(leaving)
  const last = leaving ?? (await context.lastDone('deactivate', person.userId))
  const undo = last && (await context.openUndoOf(last._id))
  if (undo) return asked(undo)
  return last && !(await notUndoable(last, context)) ? { ...person, from: last._id } : person
}
