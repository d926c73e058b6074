import { Template } from 'adaptivecards-templating'
import type { Card } from './card.ts'

/**
 * Makes a renderer of an Adaptive Card template. Data is inserted after the template was parsed, so an expression in a
 * name stays text. Every value the template names has to be there: an absent one would show as `${path}`.
 * https://learn.microsoft.com/adaptive-cards/templating/language
 */
export function renderer<View extends object>(template: object): (view: View) => Card {
  const parsed = new Template(template)
  return (view) => parsed.expand({ $root: view }) as Card
}

/** As `renderer`, for a piece that several cards contain: the result goes into their view. */
export function partRenderer<View extends object>(template: object): (view: View) => Record<string, unknown> {
  const parsed = new Template(template)
  return (view) => parsed.expand({ $root: view }) as Record<string, unknown>
}
