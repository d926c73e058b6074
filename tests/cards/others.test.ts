import { describe, expect, it } from 'vitest'
import { historyCard } from '../../cards/history.ts'
import { messageCard } from '../../cards/message.ts'
import { pickCard } from '../../cards/pick.ts'
import { requestsList } from '../../cards/requests.ts'
import { secretCard } from '../../cards/secret.ts'
import { welcomeCard } from '../../cards/welcome.ts'
import { aRequest, DIGEST, NOON } from '../support/builders.ts'
import { asAlex, asMegan, buttons, elements, inputs, lines, rows, verbs } from './reading.ts'

describe('a list of requests', () => {
  it('has a line and a button for each', () => {
    const card = requestsList({ list: 'mine', requests: [aRequest()], viewer: asAlex })
    expect(lines(card)).toEqual([
      'My requests',
      'New account  Ada Lovelace',
      'Waiting for Megan Bowen',
      'LK-7F3K · today, 09:00',
    ])
    expect(buttons(card)).toMatchObject([{ title: 'Open', verb: 'request.show', data: { id: 'LK-7F3K' } }])
  })

  it('tells the one who is asked who wants it, why, and by when', () => {
    expect(lines(requestsList({ list: 'approvals', requests: [aRequest()], viewer: asMegan }))).toEqual([
      'Waiting for your approval',
      'New account  Ada Lovelace',
      'Asked by Alex Wilber: Replaces Patti on the compiler team',
      'LK-7F3K · by Wed 25 Nov, 09:00',
    ])
  })

  it('stays short, and says how many there are besides', () => {
    const requests = Array.from({ length: 12 }, (_, i) => aRequest({ _id: `LK-${i}` }))
    const card = requestsList({ list: 'approvals', requests, viewer: asMegan })
    expect(buttons(card)).toHaveLength(10)
    expect(lines(card).at(-1)).toBe('and 2 others')
    expect(lines(requestsList({ list: 'mine', requests, total: 40, viewer: asAlex })).at(-1)).toBe('and 30 others')
  })

  it('says so when there is nothing', () => {
    expect(lines(requestsList({ list: 'approvals', requests: [], viewer: asMegan }))).toContain(
      'Nothing waits for you.',
    )
  })
})

describe('the history', () => {
  const entry = { seq: 41, at: NOON, who: 'Megan Bowen', kind: 'approved', what: 'New account, Ada Lovelace' }

  it('says who did what when, to which request and plan', () => {
    const entries = [{ ...entry, requestId: 'LK-7F3K', plan: DIGEST, detail: 'Welcome' }]
    expect(rows(historyCard({ title: 'History', entries, viewer: asAlex }))).toEqual([
      '41 | Megan Bowen approved New account, Ada Lovelace / Mon 23 Nov, 12:00 · LK-7F3K · plan 3f9a-12c4 · Welcome',
    ])
  })

  it('says how far the chain is whole', () => {
    const card = historyCard({ title: 'History', entries: [entry], verifiedUpTo: 42, viewer: asAlex })
    expect(lines(card).at(-1)).toBe('Chain verified up to entry 42')
  })

  it('does not count what it did not read: of older entries it says only that they are there', () => {
    const card = historyCard({ title: 'History', entries: [entry], hasMore: true, viewer: asAlex })
    expect(lines(card).at(-1)).toMatch(/^There are older entries/)
  })

  it('says so when nothing is recorded', () => {
    expect(lines(historyCard({ title: 'History', entries: [], viewer: asAlex }))).toContain(
      'Nothing is recorded about this.',
    )
  })
})

describe('the greeting', () => {
  it('offers what each role can do, and nothing twice', () => {
    const commands = (roles: Parameters<typeof welcomeCard>[0]['roles']) =>
      buttons(welcomeCard({ name: 'Alex', roles })).map((b) => b.data['command'])
    expect(commands([])).toEqual(['approvals'])
    expect(commands(['helpdesk'])).toEqual(['provision', 'deactivate', 'requests', 'history', 'approvals'])
    const all = ['provision', 'deactivate', 'requests', 'history', 'approvals']
    expect(commands(['admin', 'approver', 'helpdesk'])).toEqual(all)
  })

  it('tells the helpdesk how to close an account, to open it again and to take a request back', () => {
    const told = lines(welcomeCard({ name: 'Alex', roles: ['helpdesk'] }))
    expect(told).toEqual(expect.arrayContaining(['deactivate', 'reactivate', 'undo']))
    expect(lines(welcomeCard({ name: 'Megan', roles: ['approver'] }))).not.toContain('deactivate')
  })

  it('says when nothing real is touched', () => {
    const practice = 'This is a practice directory: nothing real is touched.'
    expect(lines(welcomeCard({ name: 'Alex', roles: [], sandbox: true }))).toContain(practice)
    expect(lines(welcomeCard({ name: 'Alex', roles: [] }))).not.toContain(practice)
  })
})

describe('a secret', () => {
  const card = secretCard({
    value: 'K7m#9xQv*2_ {x}',
    purpose: 'temporary-access-pass',
    subject: { name: 'Ada Lovelace', userPrincipalName: 'ada.lovelace@contoso.com' },
    expiresAt: new Date('2026-11-24T10:00:00Z'),
    viewer: asMegan,
  })

  it('is shown exactly, in letters that can be told apart', () => {
    expect(elements(card).find((e) => e['fontType'] === 'monospace')?.['text']).toBe('K7m#9xQv*2_ {x}')
  })

  it('says whose it is, until when it works, and that it is shown once', () => {
    const text = lines(card).join('\n')
    expect(text).toContain('Temporary access pass for Ada Lovelace')
    expect(text).toContain('This is shown once. Copy it now. It works until Tue 24 Nov, 10:00.')
  })

  it('is nowhere but in its place: not in the notification, not in a button', () => {
    expect(verbs(card)).toEqual([])
    expect(JSON.stringify(card).split('K7m#9xQv')).toHaveLength(2)
  })
})

it('a message has a title, a sentence and perhaps a button', () => {
  const open = { title: 'Open', verb: 'request.show', data: { id: 'LK-7F3K' } } as const
  const card = messageCard({ title: 'Already decided', text: 'Megan Bowen approved this.', actions: [open] })
  expect(lines(card)).toEqual(['Already decided', 'Megan Bowen approved this.'])
  expect(buttons(card)).toMatchObject([open])
  expect(verbs(messageCard({ title: 'Cancelled', text: 'Nothing was sent.' }))).toEqual([])
})

it('namesakes are picked by id', () => {
  const people = [
    { title: 'Alex Wilber (alexw@contoso.com)', value: 'id-1' },
    { title: 'Alex Young (alexy@contoso.com)', value: 'id-2' },
  ]
  const card = pickCard({ text: 'More than one person is called Alex.', people, data: { for: 'x' } })
  expect(inputs(card)['person']).toMatchObject({ choices: people, value: 'id-1' })
  expect(buttons(card)[0]).toMatchObject({ verb: 'person.pick', data: { for: 'x' } })
})
