import type { Card, CardAction } from './card.ts'
import { renderer } from './render.ts'
import { literal } from './text.ts'
import template from './message.json' with { type: 'json' }

export interface MessageView {
  title: string
  text: string
  tone?: 'good' | 'warning' | 'attention'
  actions?: readonly CardAction[]
}

const render = renderer(template)

/** A title, a sentence and perhaps a button: "Megan Bowen has decided already". Texts are shown literally. */
export function messageCard({ title, text, tone, actions = [] }: MessageView): Card {
  return render({
    title: literal(title, 120),
    text: literal(text, 1000),
    style: tone ?? 'default',
    actions: actions.map((a) => ({ style: 'default', ...a, title: literal(a.title, 60) })),
  })
}
