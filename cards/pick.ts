import type { Card, Choice } from './card.ts'
import { renderer } from './render.ts'
import { literal } from './text.ts'
import template from './pick.json' with { type: 'json' }

export interface PickView {
  /** "More than one person is called Alex." */
  text: string
  /** `value` is an Entra object id; the title says enough to tell namesakes apart. */
  people: readonly Choice[]
  /** What the choice is for; comes back with the chosen `value` as input `person`. */
  data: Record<string, string>
}

const render = renderer(template)

/** A list of people to choose one from, where a name fits several. */
export function pickCard({ text, people, data }: PickView): Card {
  return render({
    text: literal(text),
    people: people.map((p) => ({ title: literal(p.title, 120), value: p.value })),
    first: people[0]?.value ?? '',
    data,
  })
}
