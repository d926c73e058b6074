import type { Card, Viewer } from '../../cards/card.ts'
import { ALEX, MEGAN, NOON } from '../support/builders.ts'
import { actionsOf as buttons, elementsOf as elements } from '../support/cards.ts'

export { buttons, elements }

const reader = { timeZone: 'Europe/London', locale: 'en-GB', now: NOON }

/** The manager who is asked, the one who asked, and somebody else in the same chat. */
export const asMegan: Viewer = { ...reader, person: { id: MEGAN.id }, role: 'approver' }
export const asAlex: Viewer = { ...reader, person: { id: ALEX.id }, role: 'requester' }
export const asSomebody: Viewer = { ...reader, person: { id: 'id-somebody' }, role: 'other' }

type Node = Record<string, unknown>

/** What a reader reads, block by block: the runs of one block are one line. */
export function lines(card: Card): string[] {
  const blocks = elements(card.body).filter((e) => e['type'] === 'RichTextBlock' || e['type'] === 'TextBlock')
  return blocks.map((e) => (e['type'] === 'TextBlock' ? String(e['text']) : runs(e).join('')))
}

const runs = (block: Node): string[] =>
  elements(block['inlines']).flatMap((e) => (e['type'] === 'TextRun' ? [String(e['text'])] : []))

/** The rows of columns whose cells say something, as "a | b | c"; the lines of one cell are joined by " / ". */
export function rows(card: Card): string[] {
  return elements(card.body)
    .filter((e) => e['type'] === 'ColumnSet')
    .map((set) => {
      const columns = set['columns'] as Node[]
      return columns.map((c) => lines({ type: 'AdaptiveCard', body: c['items'] }).join(' / ')).join(' | ')
    })
}

export const verbs = (card: Card): string[] => buttons(card).map((b) => b.verb)

/** Input elements by id. */
export const inputs = (card: Card): Record<string, Node> =>
  Object.fromEntries(
    elements(card.body).flatMap((e) => (String(e['type']).startsWith('Input.') ? [[String(e['id']), e]] : [])),
  )
