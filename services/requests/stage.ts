import type { Person } from './request.ts'

export interface Approver extends Person {
  via: 'manager' | 'fallback' | 'role' | 'group' | 'person'
  /** False when no card could be delivered (app not installed or blocked); undefined until tried. */
  reached?: boolean
}

export interface Decision {
  by: Person
  verdict: 'approved' | 'rejected'
  at: Date
  comment?: string
  /** The plan that was on the card when it was pressed. */
  digest: string
}

/** Somebody who cannot be asked, and why. */
export interface PassedOver {
  name: string
  why: 'no_manager' | 'disabled' | 'is_requester' | 'is_subject' | 'not_reached' | 'not_found' | 'not_asked'
}

/** One round of approval. Its approvers are people, resolved when the stage opens; who may decide is asked again once they have. */
export interface Stage {
  name: string
  approvers: Approver[]
  /** Shown on the card, so that nothing waits in silence. */
  passedOver: PassedOver[]
  /** How many approvals the stage needs. One rejection ends the request. */
  needed: number
  decisions: Decision[]
  /** Set once enough have decided; it takes effect when the worker has made sure that they still may. */
  verdict?: Decision['verdict']
  openedAt?: Date
  remindAt?: Date
  remindedAt?: Date
  expiresAt?: Date
}
