import { partRenderer } from './render.ts'
import { counted, literal } from './text.ts'
import template from './notes.json' with { type: 'json' }

const render = partRenderer<{ notes: { text: string }[] }>(template)

/** Beyond this the reader sees how many more there are: a card has to stay below what Teams delivers. */
const SHOWN = 20

/** What no step says and the reader should know, each with an attention sign; nothing where there is nothing. */
export function notesSection(notes: readonly string[]): { list: Record<string, unknown> }[] {
  if (notes.length === 0) return []
  const shown = notes.slice(0, SHOWN).map((note) => ({ text: literal(note) }))
  const more = notes.length - shown.length
  return [{ list: render({ notes: more > 0 ? [...shown, { text: `and ${counted(more, 'other')}` }] : shown }) }]
}
