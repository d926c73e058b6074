import type { Card } from '../../cards/card.ts'

export interface Button {
  title: string
  verb: string
  data: Record<string, unknown>
}

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** Every element of a card, outermost first. */
export function elementsOf(card: unknown): Node[] {
  if (Array.isArray(card)) return card.flatMap(elementsOf)
  if (!isNode(card)) return []
  return [card, ...Object.values(card).flatMap(elementsOf)]
}

/** All text that a reader sees, in reading order. */
export const textsOf = (card: unknown): string[] =>
  elementsOf(card).flatMap((e) => (typeof e['text'] === 'string' && e['text'] !== '' ? [e['text']] : []))

export const textOf = (card: unknown): string => textsOf(card).join('\n')

export const actionsOf = (card: unknown): Button[] =>
  elementsOf(card)
    .filter((e) => e['type'] === 'Action.Execute')
    .map((e) => ({
      title: String(e['title']),
      verb: String(e['verb']),
      data: (e['data'] ?? {}) as Record<string, unknown>,
    }))

/** The inputs of a form by id: their values as they are shown. */
export const inputsOf = (card: Card | undefined): Record<string, string> =>
  Object.fromEntries(
    elementsOf(card)
      .filter((e) => typeof e['type'] === 'string' && e['type'].startsWith('Input.'))
      .map((e) => [String(e['id']), typeof e['value'] === 'string' ? e['value'] : '']),
  )
