import type { Request } from '../services/requests/request.ts'
import { requestActions } from './actions.ts'
import { approvalLines } from './approval.ts'
import type { Card, Viewer } from './card.ts'
import { when } from './dates.ts'
import { facts } from './facts.ts'
import { planTable } from './plan.ts'
import { renderer } from './render.ts'
import { secretText } from './secretNote.ts'
import { badge, mayDecide, statusText, verified } from './status.ts'
import { listed, literal } from './text.ts'
import type { Tone } from './status.ts'
import { OPERATION_WORDS } from './words.ts'
import template from './request.json' with { type: 'json' }

const render = renderer(template)

/** The request as this reader sees it: what will change, who decides, how it went, and what they can do about it. */
export function requestCard(request: Request, viewer: Viewer): Card {
  const { word, tone } = badge(request, viewer)
  const approval = approvalLines(request, viewer)
  return render({
    operation: OPERATION_WORDS[request.operation],
    subject: literal(request.subject.name, 100),
    byline: `${request._id} · asked by ${literal(request.requester.name, 80)} · ${when(request.createdAt, viewer)}`,
    badge: { word, ...LOOKS[tone] },
    summary: `${OPERATION_WORDS[request.operation]} ${literal(request.subject.name, 100)}: ${statusText(request, viewer)}`,
    banners: banners(request),
    facts: facts(request, viewer),
    planTitle: planTitle(request),
    progress: progress(request, viewer),
    plan: planTable(request.plan.steps, request),
    approvalTitle: approval.length === 0 ? [] : [{ text: 'Approval' }],
    approval,
    secret: secretText(request, viewer) === '' ? [] : [{ text: secretText(request, viewer) }],
    comment: mayDecide(request, viewer) ? [{ id: 'comment' }] : [],
    digest: `Plan ${request.plan.digest.slice(0, 4)}-${request.plan.digest.slice(4, 8)}`,
    actions: requestActions(request, viewer).map((a) => ({ style: 'default', ...a })),
  })
}

/** Badge of Teams, and the coloured box that stands in for it elsewhere. */
const LOOKS: Record<Tone, { badge: string; box: string; text: string }> = {
  warning: { badge: 'Warning', box: 'warning', text: 'default' },
  accent: { badge: 'Accent', box: 'accent', text: 'default' },
  good: { badge: 'Good', box: 'good', text: 'default' },
  attention: { badge: 'Attention', box: 'attention', text: 'default' },
  neutral: { badge: 'Subtle', box: 'default', text: 'default' },
}

function banners(request: Request): { text: string }[] {
  if (request.status !== 'pending' || request.drift === undefined || request.drift.length === 0) return []
  const gone = request.drift.filter((d) => d.how === 'removed').map((d) => literal(d.title, 80))
  const rest = gone.length === 0 ? '' : ` No longer part of it: ${listed(gone)}.`
  return [
    { text: `The directory has changed since this was approved, so it is asked again. What differs is marked.${rest}` },
  ]
}

const NOT_TOUCHED = ['rejected', 'withdrawn', 'expired']

const planTitle = (request: Request): string => {
  if (NOT_TOUCHED.includes(request.status)) return 'What would have changed'
  return request.steps.some((s) => s.outcome !== 'pending') ? 'What changed' : 'What will change'
}

function progress(request: Request, viewer: Viewer): { text: string }[] {
  if (!request.steps.some((s) => s.outcome !== 'pending')) {
    return request.status === 'pending' ? [] : [{ text: statusText(request, viewer) }]
  }
  const count = `${verified(request)} of ${request.steps.length} steps verified`
  return [
    { text: request.status === 'done' ? statusText(request, viewer) : `${statusText(request, viewer)} · ${count}` },
  ]
}
