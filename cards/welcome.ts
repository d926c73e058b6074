import type { Role } from '../services/approvals/policy.ts'
import type { Card } from './card.ts'
import { renderer } from './render.ts'
import { literal } from './text.ts'
import template from './welcome.json' with { type: 'json' }

export interface WelcomeView {
  name: string
  roles: readonly Role[]
  /** True where a pretend directory stands in for Microsoft 365: nothing real is touched. */
  sandbox?: boolean
}

interface Offer {
  /** Of its button; what needs a name or number to begin with has none. */
  title?: string
  command: string
  text: string
}

const HISTORY: Offer = {
  title: 'History',
  command: 'history',
  text: 'shows who did what; history verify proves that nobody edited it',
}

const OFFERS: Record<Role, readonly Offer[]> = {
  helpdesk: [
    {
      title: 'New account',
      command: 'provision',
      text: 'asks for an account; try: provision Ada Lovelace',
    },
    { title: 'Deactivate', command: 'deactivate', text: 'closes the account of somebody who leaves' },
    { command: 'reactivate', text: 'opens it again, with what it had' },
    { command: 'undo', text: 'takes back what a request has done; try: undo LK-…' },
    { title: 'My requests', command: 'requests', text: 'shows how yours are going' },
    HISTORY,
  ],
  approver: [{ title: 'Approvals', command: 'approvals', text: 'shows what waits for you' }],
  admin: [HISTORY],
}

const render = renderer(template)

/** What Latchkey can do for this person, each with a button that does it. */
export function welcomeCard({ name, roles, sandbox = false }: WelcomeView): Card {
  // Anybody may be asked to approve: a manager needs no role for it.
  const shown = ORDER.filter((role) => role === 'approver' || roles.includes(role))
  const offers = [...new Set(shown.flatMap((role) => OFFERS[role]))]
  return render({
    name: literal(name, 80),
    intro: roles.includes('helpdesk') ? ASKS : ANSWERS,
    sandbox: sandbox ? [{ text: 'This is a practice directory: nothing real is touched.' }] : [],
    offers: offers.map(({ command, text }) => ({ command, text })),
    buttons: offers.flatMap(({ title, command }) => (title === undefined ? [] : [{ title, data: { command } }])),
  })
}

const ASKS =
  'I give people their Microsoft 365 accounts and take them back: you ask, the right people approve exactly what will change, I do it, check it, and can undo it.'
const ANSWERS =
  'I give people their Microsoft 365 accounts and take them back. When one waits for you, I write to you here.'

const ORDER: readonly Role[] = ['helpdesk', 'approver', 'admin']
