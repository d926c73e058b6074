import type { Request } from '../services/requests/request.ts'
import type { Status } from '../services/requests/status.ts'
import { requestActions } from './actions.ts'
import { approvalLines } from './approval.ts'
import type { Card, Viewer } from './card.ts'
import { when } from './dates.ts'
import { type Band, careBands } from './care.ts'
import { type Fact, facts } from './facts.ts'
import { manualParts } from './manual.ts'
import { notesSection } from './notes.ts'
import { planTable } from './plan.ts'
import { renderer, rowRenderer } from './render.ts'
import { isEntitled, secretState, secretText } from './secretNote.ts'
import { cameToNothing, hasRun, mayDecide, openStage, statusText, toneOf, verified } from './status.ts'
import { listed, literal, shortDigest } from './text.ts'
import { OPERATION_WORDS } from './words.ts'
import factRow from './factRow.json' with { type: 'json' }
import template from './request.json' with { type: 'json' }

const render = renderer(template)
const renderFact = rowRenderer<Fact>(factRow)

/** The request as this reader sees it: what will change, who decides, how it went, and what they can do about it. */
export function requestCard(request: Request, viewer: Viewer): Card {
  const operation = OPERATION_WORDS[request.operation]
  const subject = literal(request.subject.name, 100)
  const status = statusText(request, viewer)
  const approval = approvalLines(request, viewer)
  return render({
    operation,
    subject,
    back: request.undoes === undefined ? [] : [{ text: ` · takes back ${literal(request.undoes, 40)}` }],
    byline: `${request._id} · asked by ${literal(request.requester.name, 80)} · ${when(request.createdAt, viewer)}`,
    summary: `${operation} ${subject}: ${status}`,
    tone: toneOf(request),
    status,
    aside: aside(request, viewer),
    banners: [...careBands(request), ...driftBands(request)],
    facts: facts(request, viewer).map(renderFact),
    planTitle: planTitle(request),
    digest: `Plan ${shortDigest(request.plan.digest)}`,
    plan: planTable(request.plan.steps, { request, viewer }),
    notes: notesSection(request.plan.notes),
    manual: manualParts(request, viewer),
    approvals: approval.length === 0 ? [] : [{ lines: approval }],
    secret: secretLines(request, viewer),
    comment: mayDecide(request, viewer) ? [{ id: 'comment' }] : [],
    actions: requestActions(request, viewer).map((action) => ({ style: 'default', ...action })),
  })
}

/** What belongs to the status and is not it: until when, or how far. */
function aside(request: Request, viewer: Viewer): { text: string }[] {
  const limit = openStage(request)?.expiresAt
  if (limit !== undefined) return [{ text: ` · by ${when(limit, viewer)}; no answer means no` }]
  return hasRun(request) && request.status !== 'done' && request.status !== 'undone'
    ? [{ text: ` · ${verified(request)} verified` }]
    : []
}

function driftBands(request: Request): Band[] {
  const drift = request.status === 'pending' ? (request.drift ?? []) : []
  if (drift.length === 0) return []
  const gone = drift.filter((d) => d.how === 'removed').map((d) => literal(d.title, 80))
  const rest = gone.length === 0 ? '' : ` No longer part of it: ${listed(gone)}.`
  return [
    {
      strong: 'The directory has changed',
      text: ` since this was approved, so it is asked again. The difference is marked.${rest}`,
    },
  ]
}

function planTitle(request: Request): string {
  if (cameToNothing(request)) return 'What would have changed'
  return isEnded(request.status) && hasRun(request) ? 'What changed' : 'What will change'
}

const ENDED: readonly Status[] = ['done', 'partial', 'failed', 'undone']
const isEnded = (status: Status): boolean => ENDED.includes(status)

function secretLines(request: Request, viewer: Viewer): { text: string; style: string }[] {
  const text = secretText(request, viewer)
  if (text === '') return []
  const forMe = isEntitled(request, viewer) && secretState(request, viewer) === 'ready'
  return [{ text, style: forMe ? 'accent' : 'emphasis' }]
}
