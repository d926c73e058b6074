import { randomUUID } from 'node:crypto'
import type { Card } from '../../cards/card.ts'
import type { Request } from '../../services/requests/request.ts'
import { elementsOf, textsOf } from '../support/cards.ts'
import type { Answer, Harness } from '../support/harness.ts'

export type Draft = Record<string, string>

let people = 0

/** A form that is right, for a person nobody has asked for yet. */
export function aForm(lk: Harness, overrides: Draft = {}): Draft {
  people += 1
  return {
    form: randomUUID(),
    firstName: 'Test',
    lastName: `Person${people}`,
    userName: `test.person${people}`,
    domain: 'contoso.com',
    manager: lk.megan,
    usageLocation: 'GB',
    handOver: 'temporary-access-pass',
    reason: 'Joins the team',
    ...overrides,
  }
}

/** What was left beside the field: the sentences in the same container as its input. */
export function besideField(card: unknown, field: string): string {
  const holder = elementsOf(card).find((e) => {
    const items = e['items']
    return Array.isArray(items) && items.some((i: unknown) => isInput(i, field))
  })
  const items = (holder?.['items'] ?? []) as { type: string }[]
  const below = items.slice(items.findIndex((i) => isInput(i, field)) + 1)
  const next = below.findIndex((i) => i.type !== 'RichTextBlock')
  return textsOf(next < 0 ? below : below.slice(0, next)).join(' ')
}

const isInput = (item: unknown, field: string): boolean =>
  typeof item === 'object' && item !== null && 'id' in item && item.id === field

export const cardOf = (answer: Answer): Card => {
  if (typeof answer.reply !== 'object') throw new Error(`No card, but: ${String(answer.reply)}`)
  return answer.reply
}

export const submit = (lk: Harness, draft: Draft, as = lk.alex): Promise<Answer> =>
  lk.click('provision.submit', draft, { as })

/** Asks, and resolves to the request as it is stored. */
export async function ask(lk: Harness, overrides: Draft = {}, as = lk.alex): Promise<Request> {
  const draft = aForm(lk, overrides)
  const answer = await submit(lk, draft, as)
  const found = await lk.requests.find({ form: `${as}:${draft['form']}` })
  if (!found[0])
    throw new Error(`Not asked: ${typeof answer.reply === 'string' ? answer.reply : textsOf(answer.reply).join(' | ')}`)
  await lk.settle()
  return now(lk, found[0])
}

export async function now(lk: Harness, request: { _id: string }): Promise<Request> {
  const current = await lk.requests.get(request._id)
  if (!current) throw new Error('The request is gone.')
  return current
}

export const decide = (
  lk: Harness,
  request: Request,
  options: { as: string; verdict?: 'approve' | 'reject'; comment?: string },
) =>
  lk.click(
    `request.${options.verdict ?? 'approve'}`,
    { id: request._id, plan: request.plan.digest, ...(options.comment ? { comment: options.comment } : {}) },
    { as: options.as },
  )

/** The card of this request as it stands in somebody's chat, if there is one. */
export const copyOf = (lk: Harness, person: string, id: string): Card | undefined =>
  lk.teams
    .messages(lk.chatOf(person))
    .filter((m) => m.card && JSON.stringify(m.card).includes(id))
    .at(-1)?.card

/** Graph itself, for what the product has no verb for: `['PATCH', '/groups/…']`. */
export async function inGraph(lk: Harness, [method, path]: [string, string], body?: object): Promise<unknown> {
  const answer = await fetch(`${lk.sandboxUrl}/v1.0${path}`, {
    method,
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return text === '' ? undefined : JSON.parse(text)
}
