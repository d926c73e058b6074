import { describe, expect, it } from 'vitest'
import { PROVISION_FIELDS, provisionForm, type ProvisionFormView } from '../../cards/provision.ts'
import { aPlan } from '../support/builders.ts'
import { buttons, elements, inputs, lines } from './reading.ts'

const choices: ProvisionFormView['choices'] = {
  domains: [{ title: 'contoso.com', value: 'contoso.com' }],
  locations: [{ title: 'United Kingdom', value: 'GB' }],
  templates: [{ title: 'Engineer', value: 'engineer' }],
  groups: [
    { title: 'All Engineering', value: 'g1' },
    { title: 'Compiler Team', value: 'g2' },
  ],
  licences: [
    { title: 'Microsoft 365 E3', value: 'l1', seatsLeft: 12 },
    { title: 'Visio', value: 'l2', seatsLeft: 1 },
    { title: 'Project', value: 'l3', seatsLeft: 0 },
    { title: 'Free', value: 'l4' },
    { title: 'Given away', value: 'sku-5', seatsLeft: 999_999 },
  ],
  handOver: [{ title: 'Temporary access pass', value: 'temporary-access-pass' }],
}
const form = (overrides: Partial<ProvisionFormView> = {}) =>
  provisionForm({ values: {}, problems: [], choices, form: 'form-1', ...overrides })

describe('the form for a new account', () => {
  it('has an input for every field', () => {
    expect(Object.keys(inputs(form())).sort()).toEqual([...PROVISION_FIELDS].sort())
  })

  it('loses nothing that was typed', () => {
    const values = Object.fromEntries(PROVISION_FIELDS.map((f) => [f, `typed *${f}* \${x}`]))
    const shown = inputs(form({ values }))
    for (const field of PROVISION_FIELDS) expect(shown[field]?.['value']).toBe(values[field])
  })

  it('says what is wrong right below the field', () => {
    const card = form({ problems: [{ field: 'lastName', text: 'Every account needs a last name.' }] })
    const column = elements(card.body).find(
      (e) => e['type'] === 'Column' && (e['items'] as { id?: string }[]).some((item) => item.id === 'lastName'),
    )
    expect(JSON.stringify(column)).toContain('Every account needs a last name.')
    expect(lines(card)).toContain('One thing needs another look; nothing has been sent.')
  })

  it('says at the top what belongs to no field', () => {
    const card = form({ problems: [{ field: 'somewhere', text: 'The directory is closed.' }] })
    expect(lines(card)).toContain('One thing needs another look; nothing has been sent. The directory is closed.')
  })

  it('tells how many seats a licence has left, where the number says something', () => {
    const titles = (inputs(form())['licences']?.['choices'] as { title: string }[]).map((c) => c.title)
    expect(titles).toEqual([
      'Microsoft 365 E3 · 12 seats left',
      'Visio · 1 seat left',
      'Project · no seats left',
      'Free',
      'Given away',
    ])
  })

  it('lets a manager be typed, and be picked where a name fits several people', () => {
    expect(inputs(form())['manager']?.['type']).toBe('Input.Text')
    const managers = [{ title: 'Alex Wilber (alexw@contoso.com)', value: 'id-alex' }]
    expect(inputs(form({ choices: { ...choices, managers } }))['manager']).toMatchObject({
      type: 'Input.ChoiceSet',
      choices: managers,
    })
  })

  it('asks again, rather than forget the manager, when nobody was picked', () => {
    const managers = [{ title: 'Alex Wilber (alexw@contoso.com)', value: 'id-alex' }]
    const shown = (manager: string) =>
      inputs(form({ values: { manager }, choices: { ...choices, managers } }))['manager']
    expect(shown('Alex')).toMatchObject({
      value: 'Alex',
      choices: [{ title: 'Which Alex?', value: 'Alex' }, ...managers],
    })
    expect(shown('id-alex')).toMatchObject({ value: 'id-alex', choices: managers })
  })

  it('lets a template be taken back', () => {
    const [none] = inputs(form())['template']?.['choices'] as { title: string; value: string }[]
    expect([none?.title, none?.value.trim()]).toEqual(['None', ''])
  })

  it('is never held back by the client: the server says what is wrong', () => {
    expect(JSON.stringify(form())).not.toMatch(/isRequired|"regex"|"min"/)
  })

  it('comes back under the same form id, whichever button is pressed', () => {
    expect(buttons(form()).map((b) => [b.verb, b.data])).toEqual([
      ['provision.submit', { form: 'form-1' }],
      ['provision.check', { form: 'form-1' }],
      ['form.cancel', { form: 'form-1' }],
    ])
  })

  it('shows the plan after a check', () => {
    expect(lines(form())).not.toContain('What would change')
    const shown = lines(form({ preview: { steps: aPlan() } }))
    expect(shown).toContain('What would change')
    expect(shown).toContain('ada.lovelace@contoso.com')
  })
})
