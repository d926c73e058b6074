import type { OperationName } from '../services/operations/operation.ts'
import type { PlannedStep, Request } from '../services/requests/request.ts'
import type { Status } from '../services/requests/status.ts'
import type { CardAction, Viewer } from './card.ts'
import { manualSteps } from './manual.ts'
import { isEntitled, secretState } from './secretNote.ts'
import { mayDecide } from './status.ts'
import { literal } from './text.ts'
import { SHORT_SECRET_WORDS } from './words.ts'

/** The buttons on this reader's copy. A hint, not a right: every click is checked again. */
export function requestActions(request: Request, viewer: Viewer): CardAction[] {
  return [
    ...decisionActions(request, viewer),
    ...secretActions(request, viewer),
    ...manualSteps(request, viewer).map((step) => tick(request, step)),
    ...requesterActions(request, viewer),
  ]
}

const tick = ({ _id }: Request, { id, title }: PlannedStep): CardAction => ({
  title: `Done: ${literal(title, 60)}`,
  verb: 'step.tick',
  data: { id: _id, step: id },
  style: 'positive',
})

/** Both carry the digest of the plan they stand under: a stale card cannot approve a plan it does not show. */
function decisionActions(request: Request, viewer: Viewer): CardAction[] {
  if (!mayDecide(request, viewer)) return []
  const data = { id: request._id, plan: request.plan.digest }
  return [
    { title: 'Approve', verb: 'request.approve', data, style: 'positive' },
    { title: 'Reject', verb: 'request.reject', data, style: 'destructive' },
  ]
}

function secretActions(request: Request, viewer: Viewer): CardAction[] {
  if (request.secret === undefined || !isEntitled(request, viewer)) return []
  const data = { id: request._id }
  switch (secretState(request, viewer)) {
    case 'ready':
      return [
        {
          title: `Show the ${SHORT_SECRET_WORDS[request.secret.purpose]} once`,
          verb: 'secret.reveal',
          data,
          style: 'positive',
        },
      ]
    case 'lapsed':
      return [{ title: 'Issue a new one', verb: 'secret.renew', data }]
    case 'opened':
    case 'none':
      return []
  }
}

type Offer = 'withdraw' | 'retry' | 'again' | 'undo'

const OFFERS: Record<Status, readonly Offer[]> = {
  pending: ['withdraw'],
  approved: ['withdraw'],
  scheduled: ['withdraw'],
  running: [],
  waiting: ['undo'],
  done: ['undo'],
  partial: ['retry', 'undo'],
  failed: ['retry', 'again'],
  rejected: ['again'],
  withdrawn: ['again'],
  expired: ['again'],
  undone: [],
}

/** Taking back what took something back is asking for the first thing again. */
const UNDOABLE: Record<OperationName, boolean> = { provision: true, deactivate: true, reactivate: false, undo: false }

function requesterActions(request: Request, viewer: Viewer): CardAction[] {
  if (viewer.role !== 'requester') return []
  const data = { id: request._id }
  const canRetry = request.steps.some((s) => s.outcome === 'failed')
  const buttons: Record<Offer, CardAction[]> = {
    withdraw: [{ title: 'Withdraw', verb: 'request.withdraw', data }],
    retry: canRetry ? [{ title: 'Retry what failed', verb: 'request.retry', data, style: 'positive' }] : [],
    again: [{ title: 'Ask again', verb: 'request.again', data }],
    undo: UNDOABLE[request.operation] ? [{ title: 'Undo', verb: 'request.undo', data }] : [],
  }
  return OFFERS[request.status].flatMap((offer) => buttons[offer])
}
