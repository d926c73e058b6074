import type { PlannedStep, Request, StepReasonCode, StepRecord } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { onDay } from './dates.ts'
import { listed, literal } from './text.ts'
import { reasonText } from './words.ts'

/** What a step waits for, where it is not just Graph being slow. */
export type Awaited = 'person' | 'exchange' | 'seat' | 'day'

const AWAITED: Partial<Record<StepReasonCode, Awaited>> = {
  waits_for_person: 'person',
  mailbox_not_safe: 'exchange',
  not_seen_yet: 'exchange',
  no_seats: 'seat',
  not_before: 'day',
}

export function awaited({ outcome, reason }: StepRecord): Awaited | undefined {
  const isOpen = outcome === 'pending' || outcome === 'applying'
  return isOpen && reason !== undefined ? AWAITED[reason.code] : undefined
}

interface Waiting {
  step: PlannedStep
  record: StepRecord
  for: Awaited
}

/** A waiting request in a sentence: for whom or what, and with which step; what a person must do comes first. Nothing if only Graph is slow. */
export function waitingText(request: Request, viewer: Viewer): string | undefined {
  const waiting = request.plan.steps.flatMap((step, i): Waiting[] => {
    const record = request.steps[i]
    const what = record && awaited(record)
    return record && what ? [{ step, record, for: what }] : []
  })
  const titles = (what: Awaited): string =>
    listed(waiting.filter((w) => w.for === what).map((w) => literal(w.step.title, 80)))
  const [first] = ORDER.flatMap((what) => waiting.filter((w) => w.for === what))
  switch (first?.for) {
    case 'person':
      return `Waiting for ${viewer.role === 'requester' ? 'you' : literal(request.requester.name, 80)} to do by hand: ${titles('person')}`
    case 'exchange':
      return `Waiting for Exchange to show what was done by hand: ${titles('exchange')}`
    case 'seat':
      return `Waiting for a free seat: ${titles('seat')}; goes on by itself`
    case 'day':
      return untilDay(request, first, viewer)
    case undefined:
      return undefined
  }
}

const ORDER: readonly Awaited[] = ['person', 'exchange', 'seat', 'day']

function untilDay(request: Request, { step, record }: Waiting, viewer: Viewer): string {
  const isLast = request.steps.every((s) => s.id === step.id || s.outcome === 'done' || s.outcome === 'already')
  const what = step.kind === 'delete-user' ? 'the deletion' : literal(step.title, 80)
  const day = record.retryAt === undefined ? '' : ` on ${onDay(record.retryAt, viewer)}`
  return isLast ? `Done but for ${what}${day}` : `Waiting for ${what}${day}`
}

/** What a row says about it, in small print. */
export function awaitedNote(record: StepRecord, viewer: Viewer): string {
  switch (awaited(record)) {
    case 'person':
      return viewer.role === 'requester' ? 'waits for you: see below' : 'waits for somebody to do it by hand'
    case 'exchange':
      return record.reason === undefined ? '' : `${reasonText(record.reason)}; looked for again by itself`
    case 'seat':
      return 'waits for a free seat'
    case 'day':
      return record.retryAt === undefined ? 'waits for its day' : `on ${onDay(record.retryAt, viewer)}`
    case undefined:
      return ''
  }
}
