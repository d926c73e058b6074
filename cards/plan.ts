import type { PlannedStep, Request, StepOutcome, StepRecord } from '../services/requests/request.ts'
import type { StepKind } from '../services/steps/step.ts'
import type { Viewer } from './card.ts'
import { bundled } from './bundle.ts'
import { partRenderer, rowRenderer } from './render.ts'
import { cameToNothing, hasRun } from './status.ts'
import { literal } from './text.ts'
import { awaited, awaitedNote } from './waiting.ts'
import { reasonText } from './words.ts'
import template from './plan.json' with { type: 'json' }
import rowTemplate from './planRow.json' with { type: 'json' }

/** Present or not: templates repeat a list, and an empty one leaves nothing behind. */
type Piece = { text: string }

export interface Row {
  sign: string
  color: 'good' | 'accent' | 'attention' | 'default'
  title: string
  /** Struck through where it will be or is gone. */
  before: (Piece & { struck: boolean })[]
  arrow: Piece[]
  after: (Piece & { struck: boolean })[]
  /** How it went or what differs, and what else is good to know: one small line each. */
  notes: { text: string; color: 'good' | 'accent' | 'attention' | 'default'; subtle: boolean }[]
}

/** A request under way, and who looks at it. */
interface Seen {
  request: Request
  viewer: Viewer
}

const render = partRenderer(template)
const renderRow = rowRenderer<Row>(rowTemplate)

/**
 * The plan as a table of before and after; with outcomes once it runs, and with what drifted marked. Made of columns:
 * a Table stays blank in Teams on phones (microsoft/AdaptiveCards#8853), which is where people approve.
 */
export function planTable(steps: readonly PlannedStep[], seen?: Seen): Record<string, unknown> {
  return render({ rows: bundled(steps.map((step) => row(step, seen))).map(renderRow) })
}

const SIGNS: Record<PlannedStep['change'], Pick<Row, 'sign' | 'color'>> = {
  add: { sign: '+', color: 'default' },
  change: { sign: '~', color: 'default' },
  remove: { sign: '−', color: 'attention' },
}

const OUTCOMES: Record<StepOutcome, Pick<Row, 'sign' | 'color'> & { words: string }> = {
  pending: { sign: '○', color: 'default', words: '' },
  applying: { sign: '◐', color: 'accent', words: 'in progress…' },
  done: { sign: '✓', color: 'good', words: '' },
  already: { sign: '✓', color: 'good', words: 'already so' },
  failed: { sign: '✕', color: 'attention', words: 'failed' },
  skipped: { sign: '–', color: 'default', words: 'not done' },
  undone: { sign: '↶', color: 'default', words: 'undone' },
}

/** Where it came to nothing, what was there before is there still. */
const STANDS: ReadonlySet<StepOutcome | undefined> = new Set(['failed', 'skipped', 'undone'] as const)

const DRIFT = { added: 'new since it was approved', changed: 'changed since it was approved', removed: '' }

function row(step: PlannedStep, seen: Seen | undefined): Row {
  const request = seen?.request
  const record = request !== undefined && hasRun(request) ? request.steps.find((s) => s.id === step.id) : undefined
  const { sign, color } = record === undefined ? SIGNS[step.change] : OUTCOMES[record.outcome]
  return {
    sign,
    color,
    title: literal(step.title, 80),
    before: pieces(literal(step.before, 120)).map((piece) => ({ ...piece, struck: !STANDS.has(record?.outcome) })),
    arrow: step.before === '' || step.after === '' ? [] : [{ text: ' → ' }],
    after: pieces(literal(step.after, LONGEST_AFTER[step.kind] ?? 160)).map((piece) => ({
      ...piece,
      struck: record?.outcome === 'undone',
    })),
    notes: [
      ...outcomeNote({ step, record, viewer: seen?.viewer }),
      ...driftNote(step, request),
      ...ownNote(step, seen),
    ],
  }
}

/** A text that others will read in the person's name is approved in full. */
const LONGEST_AFTER: Partial<Record<StepKind, number>> = { 'auto-reply': 2000 }

const pieces = (text: string): Piece[] => (text === '' ? [] : [{ text }])

interface Outcome {
  step: PlannedStep
  record: StepRecord | undefined
  viewer: Viewer | undefined
}

function outcomeNote({ step, record, viewer }: Outcome): Row['notes'] {
  if (record === undefined) return []
  if (viewer !== undefined && awaited(record) !== undefined) {
    return [{ text: awaitedNote(record, viewer), color: 'accent', subtle: false }]
  }
  const { color, words } = OUTCOMES[record.outcome]
  const doing = record.outcome === 'applying' && step.kind === 'create-user' ? 'creating…' : words
  const text = [doing, whyOf(record)].filter(Boolean).join(': ')
  if (text === '') return []
  return record.outcome === 'failed' || record.outcome === 'applying'
    ? [{ text, color, subtle: false }]
    : [{ text, color: 'default', subtle: true }]
}

/** While it is looked for still, finding something else only means that Microsoft 365 takes its time. */
function whyOf({ outcome, reason }: StepRecord): string {
  if (reason === undefined) return ''
  return reasonText(outcome === 'applying' && reason.code === 'not_verified' ? { code: 'not_visible_yet' } : reason)
}

function driftNote(step: PlannedStep, request: Request | undefined): Row['notes'] {
  const drift = request?.status === 'pending' ? request.drift?.find((d) => d.id === step.id) : undefined
  return drift === undefined ? [] : [{ text: DRIFT[drift.how], color: 'attention', subtle: false }]
}

/** Volatile facts ("12 seats left") help to decide and mislead afterwards. */
const ownNote = ({ note }: PlannedStep, seen: Seen | undefined): Row['notes'] =>
  note === undefined || (seen !== undefined && (hasRun(seen.request) || cameToNothing(seen.request)))
    ? []
    : [{ text: literal(note, 120), color: 'default', subtle: true }]
