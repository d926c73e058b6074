import { isId } from '../../requests/id.ts'
import type { Person, Request } from '../../requests/request.ts'
import { findAccounts, toPerson } from '../../directories/people.ts'
import type { Checked, Draft, Operation, PlanContext, Problem } from '../operation.ts'
import { whyHeld } from '../guards.ts'
import { clean } from '../text.ts'
import { careOf, refusedToTakeAway } from './care.ts'
import { undoing } from './steps.ts'
import { subjectOf } from './subject.ts'

export interface UndoInput {
  requestId: string
  manager?: Person
}

/** Takes a request back: its plan is built from what each step saved, and is approved like any other. */
export const undo: Operation<UndoInput> = {
  name: 'undo',
  check,
  managerOf: (input) => input.manager?.id,
  async plan(input, context) {
    const original = await context.request(input.requestId)
    if (!original) throw new Error(`${input.requestId} is not in the store any more.`)
    const essence = { subject: subjectOf(original), care: await careOf(original, context), undoes: original._id }
    const refused = await refusedToTakeAway(original, context)
    if (refused) return { ...essence, steps: [], notes: [whyHeld(refused)] }
    return { ...essence, ...(await undoing(original, context)) }
  },
}

async function check(draft: Draft, context: PlanContext): Promise<Checked<UndoInput>> {
  const problems: Problem[] = []
  if (clean(draft['reason']) === '') problems.push({ field: 'reason', code: 'required' })
  const typed = clean(draft['request']).toUpperCase()
  const original = isId(typed) ? await context.request(typed) : undefined
  const problem = original
    ? await notUndoable(original, context)
    : { field: 'request', code: 'request_unknown' as const, data: { typed } }
  if (problem) problems.push(problem)
  if (problems.length > 0 || !original) return { ok: false, problems, proposed: {} }
  const userId = subjectOf(original).id
  const manager = userId ? await managerOf(userId, original, context) : undefined
  return { ok: true, input: { requestId: original._id, ...(manager ? { manager } : {}) }, proposed: {} }
}

const UNDOABLE = ['done', 'partial', 'waiting']

export async function notUndoable(original: Request, context: PlanContext): Promise<Problem | undefined> {
  const problem = (code: Problem['code'], data: Record<string, string> = {}): Problem => ({
    field: 'request',
    code,
    data: { id: original._id, status: original.status, ...data },
  })
  if (original.operation === 'undo') return problem('not_undoable', { status: 'an undo itself' })
  if (original.operation === 'reactivate') return problem('not_undoable', { status: 'a reactivation' })
  if (!UNDOABLE.includes(original.status)) return problem('not_undoable')
  const open = await context.openUndoOf(original._id)
  if (open) return problem('not_undoable', { status: `being undone already, by ${open._id}` })
  const userId = subjectOf(original).id
  if (!userId) return problem('not_undoable')
  const isThere = (await context.graph.users.get(userId)) ?? (await context.graph.deletedUsers.get(userId))
  if (!isThere) return problem('beyond_restore')
  const refused = await refusedToTakeAway(original, context)
  return refused && { ...refused, field: 'request' }
}

/** Whoever approves a change about this person: the manager they have now, or had in the request. */
async function managerOf(userId: string, original: Request, context: PlanContext): Promise<Person | undefined> {
  const now = await context.graph.users.manager(userId)
  if (now) return toPerson(now)
  const then = (original.input as { manager?: Person }).manager
  const [user] = then ? await findAccounts(context.graph, then.id) : []
  return user && toPerson(user)
}
