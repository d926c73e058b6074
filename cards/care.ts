import type { Request } from '../services/requests/request.ts'
import type { Status } from '../services/requests/status.ts'
import { listed, literal } from './text.ts'

/** A line across the card, below the status. */
export interface Band {
  strong: string
  text: string
}

const UNDER_WAY: readonly Status[] = ['pending', 'approved', 'scheduled', 'running', 'waiting']

/** What makes a request one to look at twice, while there is something to look at. */
export function careBands({ status, plan, input, stages }: Request): Band[] {
  if (!UNDER_WAY.includes(status)) return []
  const names = listed(stages.map((s) => literal(s.name, 40)))
  const isUrgent = plan.care === 'urgent' || input['urgent'] === true
  return [
    ...(plan.care === 'protected'
      ? [{ strong: 'Protected: ', text: `needs ${names || 'more than one approval'}` }]
      : []),
    ...(isUrgent ? [{ strong: 'Urgent: ', text: 'sign-in is blocked within seconds of the approval' }] : []),
  ]
}
