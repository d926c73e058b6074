import type { Request } from '../services/requests/request.ts'
import type { Card, Viewer } from './card.ts'
import { whenNear } from './dates.ts'
import { renderer, rowRenderer } from './render.ts'
import { lastMoved, openStage, statusText } from './status.ts'
import { counted, literal } from './text.ts'
import { OPERATION_WORDS } from './words.ts'
import template from './requests.json' with { type: 'json' }
import row from './requestsRow.json' with { type: 'json' }

export interface RequestsView {
  list: 'mine' | 'approvals'
  /** Newest first; the first ten are shown. */
  requests: readonly Request[]
  /** How many there are in all, if more than were loaded. */
  total?: number
  viewer: Viewer
}

const SHOWN = 10

const WORDS: Record<RequestsView['list'], { title: string; empty: string }> = {
  mine: { title: 'My requests', empty: 'You have not asked for anything yet.' },
  approvals: { title: 'Waiting for your approval', empty: 'Nothing waits for you.' },
}

/** Of one's own the reader wants to know how it goes; of others', who wants what and by when. */
const SAID: Record<RequestsView['list'], (request: Request, viewer: Viewer) => { status: string; small: string }> = {
  mine: (request, viewer) => ({
    status: statusText(request, viewer),
    small: `${request._id} · ${lastMoved(request, viewer)}`,
  }),
  approvals: (request, viewer) => ({
    status: `Asked by ${literal(request.requester.name, 80)}: ${literal(request.reason, 120)}`,
    small: [request._id, limit(request, viewer)].filter(Boolean).join(' · '),
  }),
}

function limit(request: Request, viewer: Viewer): string {
  const at = openStage(request)?.expiresAt
  return at === undefined ? '' : `by ${whenNear(at, viewer)}`
}

const render = renderer(template)
const renderRow = rowRenderer(row)

/** Requests in short, each with a button that opens its card. */
export function requestsList({ list, requests, total = requests.length, viewer }: RequestsView): Card {
  const rows = requests.slice(0, SHOWN)
  const more = Math.max(total, requests.length) - rows.length
  return render({
    title: WORDS[list].title,
    empty: rows.length === 0 ? [{ text: WORDS[list].empty }] : [],
    rows: rows.map((request) =>
      renderRow({
        operation: OPERATION_WORDS[request.operation],
        subject: literal(request.subject.name, 80),
        ...SAID[list](request, viewer),
        data: { id: request._id },
      }),
    ),
    more: more > 0 ? [{ text: `and ${counted(more, 'other')}` }] : [],
  })
}
