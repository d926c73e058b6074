import { describe, expect, it } from 'vitest'
import type { Card } from '../../cards/card.ts'
import { DEACTIVATE_FIELDS, deactivateForm } from '../../cards/deactivate.ts'
import { historyCard } from '../../cards/history.ts'
import { messageCard } from '../../cards/message.ts'
import { pickCard } from '../../cards/pick.ts'
import { PROVISION_FIELDS, provisionForm } from '../../cards/provision.ts'
import { reasonForm } from '../../cards/reason.ts'
import { requestCard } from '../../cards/request.ts'
import { requestsList } from '../../cards/requests.ts'
import { secretCard } from '../../cards/secret.ts'
import { welcomeCard } from '../../cards/welcome.ts'
import { aDeactivation, aRequest, aStage, aStep, NOON, planOf, records } from '../support/builders.ts'
import { asAlex, asMegan, elements } from './reading.ts'

const MARK = 'EVIL'
const EVIL = `- ${MARK} **b** _i_ [a](https://x.example) <at>Megan</at> <b>h</b> \u202egnp \${$root} {{DATE()}} \u0000 😀`
const person = (id: string) => ({ id, name: EVIL, userPrincipalName: EVIL })

/** Every text that comes from people or from the directory is hostile here. */
const request = aRequest({
  requester: person('id-alex'),
  reason: EVIL,
  subject: { name: EVIL, userPrincipalName: EVIL },
  input: {
    jobTitle: EVIL,
    department: EVIL,
    manager: person('m'),
    usageLocation: EVIL,
    alternateMail: EVIL,
    template: { name: EVIL },
  },
  plan: planOf([aStep({ id: 'a', title: EVIL, before: EVIL, after: EVIL, note: EVIL, instructions: [EVIL] })], {
    notes: [EVIL],
  }),
  drift: [{ id: 'b', title: EVIL, how: 'removed' }],
  stages: [
    aStage({
      name: EVIL,
      approvers: [
        { ...person('id-megan'), via: 'fallback' },
        { ...person('x'), via: 'fallback', reached: false },
      ],
      passedOver: [{ name: EVIL, why: 'not_reached' }],
      decisions: [{ by: person('y'), verdict: 'approved', at: NOON, digest: '', comment: EVIL }],
      needed: 2,
    }),
  ],
  secret: { id: 's', purpose: 'temporary-password', entitled: [person('id-megan')], expiresAt: new Date('2027-01-01') },
})
const failed = {
  status: 'failed' as const,
  steps: records(request.plan.steps, [{ outcome: 'failed', reason: { code: 'graph_refused', graphCode: EVIL } }]),
  outcome: { code: 'graph_refused' as const, graphCode: EVIL },
}
const evil = {
  subject: request.subject,
  requester: request.requester,
  reason: EVIL,
  plan: { ...request.plan, care: 'protected' as const },
}
const choice = [{ title: EVIL, value: 'v' }]

const cards: Record<string, Card> = {
  'to approve': requestCard(request, asMegan),
  'of the requester': requestCard(request, asAlex),
  'of a failed request': requestCard({ ...request, ...failed }, asAlex),
  'with opened secret': requestCard(
    { ...request, secret: { ...(request.secret ?? never()), opened: { by: person('z'), at: NOON } } },
    asAlex,
  ),
  form: provisionForm({
    values: Object.fromEntries(PROVISION_FIELDS.map((f) => [f, EVIL])),
    problems: [...PROVISION_FIELDS, 'elsewhere'].map((field) => ({ field, text: EVIL })),
    choices: {
      domains: choice,
      locations: choice,
      templates: choice,
      groups: choice,
      licences: choice,
      handOver: choice,
      managers: choice,
    },
    preview: request.plan,
  }),
  'to deactivate': deactivateForm({
    values: Object.fromEntries(DEACTIVATE_FIELDS.map((f) => [f, EVIL])),
    problems: [...DEACTIVATE_FIELDS, 'elsewhere'].map((field) => ({ field, text: EVIL })),
    choices: { people: choice, successors: choice },
    preview: request.plan,
  }),
  'to undo': reasonForm({
    operation: 'undo',
    values: { request: EVIL, reason: EVIL },
    problems: [{ field: 'request', text: EVIL }],
    preview: request.plan,
  }),
  'of somebody who leaves': requestCard(
    aDeactivation({
      ...evil,
      input: { ...request.input, successor: person('s'), mailbox: EVIL },
      undoes: EVIL,
      stages: [...request.stages, aStage({ name: EVIL })],
    }),
    asMegan,
  ),
  'that waits for somebody': requestCard(
    aDeactivation({
      ...evil,
      status: 'waiting',
      steps: records(request.plan.steps, [{ reason: { code: 'waits_for_person' } }]),
    }),
    asAlex,
  ),
  list: requestsList({ list: 'mine', requests: [request], viewer: asAlex }),
  history: historyCard({
    title: EVIL,
    entries: [{ seq: 1, at: NOON, who: EVIL, kind: 'approved', what: EVIL, requestId: EVIL, detail: EVIL }],
    viewer: asAlex,
  }),
  greeting: welcomeCard({ name: EVIL, roles: ['helpdesk'] }),
  secret: secretCard({
    value: 'x',
    purpose: 'temporary-password',
    subject: person('s'),
    expiresAt: NOON,
    viewer: asMegan,
  }),
  message: messageCard({ title: EVIL, text: EVIL, actions: [{ title: EVIL, verb: 'request.show', data: {} }] }),
  pick: pickCard({ text: EVIL, people: choice, data: {} }),
}

function never(): never {
  throw new Error('the request above has a secret')
}

/** Where text is shown as it is: everything else may read markdown, expressions or mentions. */
const shownLiterally = (element: Record<string, unknown>): boolean =>
  element['type'] === 'TextRun' ||
  String(element['type']).startsWith('Input.') ||
  element['type'] === 'Action.Execute' ||
  (element['type'] === undefined && 'title' in element && 'value' in element)

describe.each(Object.entries(cards))('hostile text on the card %s', (_name, card) => {
  const { fallbackText, ...shown } = card
  const holders = elements(shown).filter((e) => Object.values(e).some((v) => typeof v === 'string' && v.includes(MARK)))

  it('stands only where no markdown is read', () => {
    expect(holders.length).toBeGreaterThan(0)
    for (const element of holders) expect(shownLiterally(element), JSON.stringify(element)).toBe(true)
  })

  it('is not evaluated as an expression', () => {
    const texts = holders.flatMap((e) => Object.values(e)).filter((v) => typeof v === 'string' && v.includes('gnp '))
    for (const text of texts) expect(text).toMatch(/gnp (\$\{\$root|…|\$)/)
    expect(JSON.stringify(card)).not.toContain('[object Object]')
  })

  it('turns no text around, except in what was typed, which comes back as it was', () => {
    const outside = holders.filter((e) => !String(e['type']).startsWith('Input.')).map((e) => ({ ...e, value: '' }))
    expect(JSON.stringify(outside)).not.toMatch(/\u202e|\\u202e|\\u0000/)
    expect(JSON.stringify(fallbackText ?? '')).not.toMatch(/\u202e|\\u0000/)
  })

  it('leaves every list a list, as clients show nothing of another shape', () => {
    const keys = ['body', 'items', 'columns', 'inlines', 'choices', 'actions']
    for (const element of elements(card)) {
      for (const key of keys) if (key in element) expect(element[key], key).toBeInstanceOf(Array)
    }
  })

  it('leaves no hole in the template', () => {
    expect(JSON.stringify(card).replaceAll('${$root}', '')).not.toMatch(/\$\{\w|undefined|:null/)
  })
})

it('a card with every text at its longest still fits into a message', () => {
  const long = aRequest({
    reason: 'x'.repeat(1000),
    plan: planOf(Array.from({ length: 40 }, (_, i) => aStep({ id: `${i}`, after: 'y'.repeat(300) }))),
  })
  // Microsoft advises to stay below 80 KB in UTF-16.
  expect(JSON.stringify(requestCard(long, asMegan)).length * 2).toBeLessThan(80_000)
})
