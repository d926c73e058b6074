import type { Choice } from './card.ts'
import type { FormParts, FormView } from './form.ts'
import { partRenderer } from './render.ts'
import { literal } from './text.ts'
import problem from './problem.json' with { type: 'json' }

type Element = Record<string, unknown>

/**
 * Makes the inputs of a form. The layout says only what is where; every input gets what was typed, its options and, right
 * below it, what is wrong, so that no form can forget one of them.
 */
export function fieldsRenderer<Field extends string>(fields: readonly Field[], layout: object) {
  const render = partRenderer(furnished(layout))
  return function expand(view: FormView<Field>, parts: FormParts<Field>) {
    const { choices, candidates } = parts
    const byField = <T>(of: (field: Field) => T): Record<string, T> =>
      Object.fromEntries(fields.map((field) => [field, of(field)]))
    return render({
      values: byField((f) => view.values[f] ?? ''),
      problems: byField((f) => view.problems.filter((p) => p.field === f).map((p) => ({ text: literal(p.text) }))),
      choices: byField((f) => options(withTyped(choices?.[f] ?? [], view.values[f] ?? ''))),
      isDate: byField((f) => isDateOrTime(view.values[f] ?? '')),
      typed: byField((f) => candidates?.[f] === undefined),
      picked: byField((f) => pick(candidates?.[f], view.values[f] ?? '')),
    })
  }
}

/** The layout with everything that comes from the view, field by field. */
function furnished(element: object): Element {
  return Object.fromEntries(
    Object.entries(element).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? value.filter(isElement).flatMap(withInputs) : value,
    ]),
  )
}

function withInputs(element: Element): Element[] {
  const { type, id } = element
  if (typeof id !== 'string' || !String(type).startsWith('Input.')) return [furnished(element)]
  const input = { ...element, value: `\${values.${id}}` }
  const below = { $data: `\${problems.${id}}`, ...problem }
  if (type === 'Input.ChoiceSet') return [{ ...input, choices: repeated(`choices.${id}`) }, below]
  if (type === 'Input.Date' || type === 'Input.Time') {
    const asText = { type: 'Input.Text', id, label: element['label'], value: input.value }
    return [{ ...input, $when: `\${isDate.${id}}` }, { ...asText, $when: `\${!isDate.${id}}` }, below]
  }
  if (type !== 'Input.Text') return [input, below]
  const list = { type: 'Input.ChoiceSet', id, label: element['label'], placeholder: 'Which one?' }
  return [
    { ...input, $when: `\${typed.${id}}` },
    { $data: `\${picked.${id}}`, ...list, value: `\${$root.values.${id}}`, choices: repeated('choices') },
    below,
  ]
}

const repeated = (path: string): Element[] => [{ $data: `\${${path}}`, title: '${title}', value: '${value}' }]

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null

const options = (choices: readonly Choice[]): Choice[] =>
  choices.map(({ title, value }) => ({ title: literal(title, 120), value }))

/** A list shows, and sends back, nothing but its options: what was typed and is none of them becomes one, so as not to get lost. */
function withTyped(choices: readonly Choice[], typed: string): Choice[] {
  const others = typed.split(',').filter((t) => t.trim() !== '' && !choices.some((c) => c.value === t))
  return [...choices, ...others.map((value) => ({ title: value, value }))]
}

/** A date input keeps nothing that is no date. */
function isDateOrTime(typed: string): boolean {
  if (typed === '' || /^\d\d:\d\d$/.test(typed)) return true
  const day = Date.parse(`${typed}T00:00Z`)
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(typed)
}

/** What was typed stays the answer until somebody is picked: a field left alone must not come back as nobody. */
function pick(found: readonly Choice[] | undefined, typed: string): { choices: Choice[] }[] {
  if (found === undefined) return []
  const isOpen = typed.trim() !== '' && !found.some((c) => c.value === typed)
  return [{ choices: options(isOpen ? [{ title: `Which ${typed}?`, value: typed }, ...found] : found) }]
}
