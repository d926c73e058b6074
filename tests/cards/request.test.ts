import { describe, expect, it } from 'vitest'
import { requestCard } from '../../cards/request.ts'
import { aRequest, aStep, planOf, records } from '../support/builders.ts'
import { asAlex, asMegan, lines, rows } from './reading.ts'

const plan = aRequest().plan.steps
const done = { outcome: 'done' as const }

describe('the plan on the card', () => {
  it('shows an approver every step with its before and after', () => {
    const steps = [
      aStep({ id: 'm', change: 'change', title: 'Manager', before: 'Patti Fernandez', after: 'Megan Bowen' }),
      aStep({ id: 'g', change: 'remove', title: 'Group', before: 'All Sales', after: '' }),
      aStep({ id: 'h', title: 'Group', after: 'Compiler Team', note: '3 seats left' }),
    ]
    const shown = rows(requestCard(aRequest({ plan: planOf(steps) }), asMegan))
    expect(shown).toContain('~ | Manager | Patti Fernandez → Megan Bowen')
    expect(shown).toContain('− | Group | All Sales')
    expect(shown).toContain('+ | Group | Compiler Team / 3 seats left')
  })

  it('carries enough of its digest to be compared by eye', () => {
    expect(lines(requestCard(aRequest(), asMegan))).toContain('What will change   Plan 3f9a-12c4')
  })

  it('shows how each step went once it runs', () => {
    const steps = records(plan, [
      done,
      { outcome: 'already' },
      { outcome: 'failed', reason: { code: 'graph_refused', graphCode: 'Authorization_RequestDenied' } },
      { outcome: 'applying' },
      { outcome: 'skipped', reason: { code: 'needs_failed_step' } },
    ])
    const shown = rows(requestCard(aRequest({ status: 'running', steps }), asAlex))
    expect(shown).toEqual(
      expect.arrayContaining([
        '✓ | Account | ada.lovelace@contoso.com',
        '✓ | Manager | Megan Bowen / already so',
        '✕ | Group | All Engineering / failed: Microsoft 365 does not allow Latchkey to do this (Authorization_RequestDenied)',
        '◐ | Group | Compiler Team / in progress…',
        '– | Licence | Microsoft 365 E3 / not done: an earlier step failed',
        '○ | First sign-in | Temporary Access Pass, shown once to Megan Bowen',
      ]),
    )
  })

  it('says that an account is being created', () => {
    const steps = records(plan, [{ outcome: 'applying', reason: { code: 'not_visible_yet' } }])
    expect(rows(requestCard(aRequest({ status: 'waiting', steps }), asAlex))).toContain(
      '◐ | Account | ada.lovelace@contoso.com / creating…: Microsoft 365 has not shown it yet',
    )
  })

  it('does not speak of something else while an account is only slow to appear, and does once it gave up', () => {
    const account = (outcome: 'applying' | 'failed') => {
      const steps = records(plan, [{ outcome, reason: { code: 'not_verified' } }])
      return rows(requestCard(aRequest({ status: 'running', steps }), asAlex)).find((row) => row.includes('Account'))
    }
    expect(account('applying')).toContain('creating…: Microsoft 365 has not shown it yet')
    expect(account('failed')).toContain('failed: reading it back showed something else')
  })

  it.each(['rejected', 'withdrawn', 'expired', 'failed'] as const)(
    'that came to nothing (%s) says what would have changed, and not how many seats were left then',
    (status) => {
      const steps = [aStep({ id: 'h', title: 'Group', after: 'Compiler Team', note: '3 seats left' })]
      const text = lines(requestCard(aRequest({ status, plan: planOf(steps) }), asAlex)).join('\n')
      expect(text).toContain('What would have changed')
      expect(text).not.toContain('seats left')
    },
  )

  it('never speaks of success with a failed step inside', () => {
    const steps = records(plan, [done, done, { outcome: 'failed' }, done, done, done])
    const text = lines(requestCard(aRequest({ status: 'partial', steps }), asAlex)).join('\n')
    expect(text).toContain('Partly done: 1 of 6 steps failed · 5 verified')
    expect(text).not.toMatch(/every step|success/)
  })

  it('marks what drifted, and names what is gone', () => {
    const drift = [
      { id: 'manager', title: 'Manager', how: 'changed' as const },
      { id: 'group:2', title: 'Group', how: 'added' as const },
      { id: 'group:9', title: 'Group All Staff', how: 'removed' as const },
    ]
    const card = requestCard(aRequest({ drift }), asMegan)
    expect(rows(card)).toContain('+ | Manager | Megan Bowen / changed since it was approved')
    expect(rows(card)).toContain('+ | Group | Compiler Team / new since it was approved')
    expect(lines(card).join('\n')).toContain('No longer part of it: Group All Staff.')
  })
})

describe('the facts on the card', () => {
  it('say why, when, and everything that has no step of its own', () => {
    const input = { ...aRequest().input, alternateMail: 'ada@home.example', template: { id: 'e', name: 'Engineer' } }
    expect(rows(requestCard(aRequest({ input }), asMegan)).slice(0, 6)).toEqual([
      'Why | Replaces Patti on the compiler team',
      'Starts | Tue 1 Dec, 07:00',
      'Job | Engineer, Engineering',
      'Country | United Kingdom',
      'Private mail | ada@home.example',
      'Template | Engineer',
    ])
  })

  it('let the one who decides read the whole reason', () => {
    const reason = `${'Because of this. '.repeat(58)}The end.`
    expect(lines(requestCard(aRequest({ reason }), asMegan))).toContain(reason)
  })

  it('leave out what is not known', () => {
    const shown = rows(requestCard(aRequest({ input: {}, startAt: undefined }), asMegan)).slice(0, 2)
    expect(shown).toEqual(['Why | Replaces Patti on the compiler team', 'Starts | as soon as approved'])
  })

  it('say that there is no manager', () => {
    const request = aRequest({ input: {}, plan: planOf(plan.slice(0, 1)) })
    expect(rows(requestCard(request, asMegan))).toContain('Manager | none')
  })

  it('do not believe the shape of a stored input', () => {
    const input = { jobTitle: 7, department: null, manager: 'x', template: [], usageLocation: 'zz$', alternateMail: {} }
    expect(() => requestCard(aRequest({ input }), asMegan)).not.toThrow()
  })
})

it('no card refreshes itself', () => {
  expect(requestCard(aRequest(), asMegan)).not.toHaveProperty('refresh')
})
