import type { Viewer } from '../cards/card.ts'
import type { Request } from '../services/requests/request.ts'

export interface Listener {
  personId: string
  role: Viewer['role']
}

/** Who gets a card of a request: the one who asked, whoever is asked now or was before, and whoever may open its secret. */
export function audienceOf(request: Request): Listener[] {
  const asked = request.stages.filter((stage) => stage.openedAt !== undefined).flatMap((stage) => stage.approvers)
  const listeners: Listener[] = [
    { personId: request.requester.id, role: 'requester' },
    ...asked.map((p) => ({ personId: p.id, role: 'approver' as const })),
    ...(request.secret?.entitled ?? []).map((p) => ({ personId: p.id, role: 'other' as const })),
  ]
  return [...new Map(listeners.reverse().map((l) => [l.personId, l])).values()].reverse()
}
