import { createRequire } from 'node:module'
import type * as Templating from 'adaptivecards-templating'
import type { Card } from './card.ts'
import { remember } from './remember.ts'

// The library, and each template's expressions, are loaded when a card is first drawn: together they are a tenth of the start.
const require = createRequire(import.meta.url)
const templating = () => require('adaptivecards-templating') as typeof Templating

/**
 * Makes a renderer of an Adaptive Card template. Data is inserted after the template was parsed, so an expression in a
 * name stays text. Every value the template names has to be there: an absent one would show as `${path}`.
 * https://learn.microsoft.com/adaptive-cards/templating/language
 */
export function renderer<View extends object>(template: object): (view: View) => Card {
  const render = partRenderer<View>(template)
  return (view) => render(view) as Card
}

/** As `renderer`, for a piece that several cards contain: the result goes into their view. */
export function partRenderer<View extends object>(template: object): (view: View) => Record<string, unknown> {
  let parsed: Templating.Template | undefined
  return (view) => {
    parsed ??= new (templating().Template)(template)
    return parsed.expand({ $root: view }) as Record<string, unknown>
  }
}

/** Many are drawn again: a plan at each of its steps and for each of its readers, a list whenever it is asked for. */
const MOST_ROWS = 500

/** As `partRenderer`, for a row: one that says the same as one before is not drawn again. It is shared: not to be changed. */
export function rowRenderer<View extends object>(template: object): (view: View) => Readonly<Record<string, unknown>> {
  const render = partRenderer<View>(template)
  const drawn = remember<Readonly<Record<string, unknown>>>(MOST_ROWS)
  return (view) => drawn(JSON.stringify(view), () => render(view))
}
