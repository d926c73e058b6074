import { randomUUID } from 'node:crypto'
import type { Card } from '../../cards/card.ts'
import type { OperationName } from '../../services/operations/operation.ts'
import type { Request, StepRecord } from '../../services/requests/request.ts'
import { textsOf } from '../support/cards.ts'
import type { Answer, Harness } from '../support/harness.ts'
import { decide, type Draft, now } from '../rules/support.ts'

/** Sends the form of an operation off as it would come from its card. */
export const send = (lk: Harness, operation: OperationName, { as = lk.alex, ...draft }: Draft): Promise<Answer> =>
  lk.click(`${operation}.submit`, { form: randomUUID(), reason: 'Leaves for the sea', ...draft }, { as })

/** Asks, and resolves to the request as it is stored. */
export async function request(lk: Harness, operation: OperationName, draft: Draft): Promise<Request> {
  const form = randomUUID()
  const { reply } = await send(lk, operation, { form, ...draft })
  const [found] = await lk.requests.find({ form: `${draft['as'] ?? lk.alex}:${form}` })
  if (!found) throw new Error(`Not asked: ${typeof reply === 'string' ? reply : textsOf(reply).join(' | ')}`)
  await lk.settle()
  return now(lk, found)
}

/** One approval, and everything that comes of it by itself. */
export async function approve(lk: Harness, asked: Request, as: string): Promise<Request> {
  await decide(lk, asked, { as })
  await lk.settle()
  return now(lk, asked)
}

/** As the Exchange administrator does it: Graph cannot. */
export const byHand = (lk: Harness, userId: string, what: { purpose?: 'user' | 'shared'; hidden?: boolean }) =>
  lk.control('POST', 'mailbox', { userId, ...what })

/** The helpdesk says that the manual steps are done. */
export async function tick(lk: Harness, asked: Request, steps: string[]): Promise<Request> {
  for (const step of steps) await lk.click('step.tick', { id: asked._id, step }, { as: lk.alex })
  await lk.settle()
  return now(lk, asked)
}

export function cardOf(reply: Answer['reply']): Card {
  if (typeof reply !== 'object') throw new Error(`No card, but: ${String(reply)}`)
  return reply
}

export interface Write {
  method: string
  path: string
  status: number
}

/** What was written to the directory, in order. */
export async function writes(lk: Harness): Promise<Write[]> {
  const answer = (await (await lk.control('GET', 'writes')).json()) as { value: Write[] }
  return answer.value
}

export const stepOf = (asked: Request, id: string): StepRecord | undefined => asked.steps.find((s) => s.id === id)

export const idsOf = (asked: Request): string[] => asked.plan.steps.map((s) => s.id)

/** What is not as planned, for a readable failure. */
export const open = (asked: Request): string[] =>
  asked.steps
    .filter((s) => s.outcome !== 'done' && s.outcome !== 'already')
    .map((s) => `${s.id}: ${s.outcome} ${s.reason?.code ?? ''}`)
