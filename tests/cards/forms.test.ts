import { describe, expect, it } from 'vitest'
import type { Card } from '../../cards/card.ts'
import { DEACTIVATE_FIELDS, deactivateForm, type DeactivateFormView } from '../../cards/deactivate.ts'
import { REACTIVATE_FIELDS, reasonForm, type ReasonFormView, UNDO_FIELDS } from '../../cards/reason.ts'
import { aLeavingPlan } from '../support/builders.ts'
import { buttons, inputs, lines } from './reading.ts'

const preview = { steps: aLeavingPlan(), notes: ['All Staff cannot be left here.'] }
const leaving = (view: Partial<DeactivateFormView> = {}) => deactivateForm({ values: {}, problems: [], ...view })
const reason = (operation: ReasonFormView['operation'], view: Partial<ReasonFormView> = {}) =>
  reasonForm({ operation, values: {}, problems: [], ...view })

const values = (fields: readonly string[]) => Object.fromEntries(fields.map((f) => [f, `typed *${f}* \${x}`]))
const problems = (fields: readonly string[]) => fields.map((field) => ({ field, text: `${field} is wrong` }))

type Shared = Pick<DeactivateFormView, 'form' | 'preview'> & {
  values?: object
  problems?: DeactivateFormView['problems']
}
const forms: [string, readonly string[], (view: Shared) => Card][] = [
  ['deactivate', DEACTIVATE_FIELDS, leaving],
  ['reactivate', REACTIVATE_FIELDS, (view) => reason('reactivate', view)],
  ['undo', UNDO_FIELDS, (view) => reason('undo', view)],
]

describe.each(forms)('the form to %s', (operation, fields, form) => {
  it('has an input for every field, and loses nothing that was typed', () => {
    const typed = values(fields)
    const shown = inputs(form({ values: typed }))
    expect(Object.keys(shown).sort()).toEqual([...fields].sort())
    for (const field of fields) expect(shown[field]?.['value']).toBe(typed[field])
  })

  it('says what is wrong below each field, and how much it is', () => {
    const told = lines(form({ problems: problems(fields) }))
    for (const field of fields) expect(told.filter((line) => line === `${field} is wrong`)).toHaveLength(1)
    expect(told[1]).toBe(`${fields.length} things need another look; nothing has been sent.`)
  })

  it('comes back under the same form id, whichever button is pressed', () => {
    expect(buttons(form({ form: 'form-1' })).map((b) => [b.verb, b.data])).toEqual([
      [`${operation}.submit`, { form: 'form-1' }],
      [`${operation}.check`, { form: 'form-1' }],
      ['form.cancel', { form: 'form-1' }],
    ])
  })

  it('shows what would change and what is good to know', () => {
    const told = lines(form({ preview }))
    expect(told).toEqual(
      expect.arrayContaining(['What would change', 'Good to know', 'All Staff cannot be left here.']),
    )
    expect(lines(form({})).join()).not.toMatch(/What would change|Good to know/)
  })

  it('says whom the plan is about: what was typed may fit somebody else than was meant', () => {
    const subject = { name: 'Nikki *Johnson*', userPrincipalName: 'nikkij@contoso.com' }
    expect(lines(form({ preview: { ...preview, subject } }))).toContain(
      'What would change for Nikki *Johnson*   nikkij@contoso.com',
    )
  })

  it('is never held back by the client', () => {
    // A day before `min` makes clients ignore the button without a word, even where the day came from the command.
    expect(JSON.stringify(form({ values: { startDate: '2020-01-01' } }))).not.toMatch(/isRequired|"regex"|"min"/)
  })
})

describe('somebody who leaves', () => {
  const alex = [{ title: 'Alex Wilber, alexw@contoso.com', value: 'alexw@contoso.com' }]

  it('and the one who takes over are picked where a name fits several', () => {
    const picked = inputs(leaving({ values: { person: 'Alex' }, choices: { people: alex, successors: alex } }))
    expect(picked['person']).toMatchObject({
      type: 'Input.ChoiceSet',
      value: 'Alex',
      choices: [{ title: 'Which Alex?', value: 'Alex' }, ...alex],
    })
    expect(picked['successor']).toMatchObject({ type: 'Input.ChoiceSet', choices: alex })
    expect(inputs(leaving())['person']?.['type']).toBe('Input.Text')
  })

  it('is offered what policy proposes, however many days that are', () => {
    const days = (deleteAfterDays: string) =>
      (inputs(leaving({ values: { deleteAfterDays } }))['deleteAfterDays']?.['choices'] as { title: string }[]).map(
        (c) => c.title,
      )
    expect(days('0')).toEqual(['Never', 'After 30 days', 'After 60 days', 'After 90 days'])
    expect(days('45')).toEqual(['Never', 'After 30 days', 'After 45 days', 'After 60 days', 'After 90 days'])
    expect(days('-1 or so')).toContain('-1 or so')
  })

  it('is neither urgent nor left with working devices unless somebody says so', () => {
    const { urgent, devices } = inputs(leaving())
    expect([urgent?.['value'], devices?.['value']]).toEqual(['false', 'true'])
  })
})

it('somebody who comes back is picked where a name fits several', () => {
  const candidates = [{ title: 'Adele Vance, adelev@contoso.com', value: 'adelev@contoso.com' }]
  const shown = inputs(reason('reactivate', { values: { person: 'Adele' }, candidates }))
  expect(shown['person']).toMatchObject({ type: 'Input.ChoiceSet', value: 'Adele' })
})
