import type { Fact } from '../history/index.ts'
import type { OperationName } from '../operations/operation.ts'
import type { StepKind } from '../steps/step.ts'
import type { Stage } from './stage.ts'
import type { Status } from './status.ts'

export type * from './stage.ts'

/** Somebody in the directory. `id` is the Entra object id: the only thing identity is ever decided by. */
export interface Person {
  id: string
  name: string
  userPrincipalName: string
}

/** What the request is about. A person who does not exist yet has no `id`. */
export interface Subject {
  id?: string
  name: string
  userPrincipalName: string
}

/** One line of the plan. Everything here except `note` is part of the digest that is approved. */
export interface PlannedStep {
  /** Unique within the plan and stable when the plan is computed again: `group:<id>`, `manager`. */
  id: string
  kind: StepKind
  change: 'add' | 'change' | 'remove'
  title: string
  /** Empty when there is nothing before. */
  before: string
  after: string
  /** What the step needs to run. Never a secret. */
  args: object
  /** Good to know and volatile, so outside the digest: "12 seats left". */
  note?: string
  /** Steps (by id) that must be done before this one may run. */
  needs?: string[]
  /** What a person has to do where Graph cannot, one instruction a line; ticked off on the card. */
  instructions?: string[]
}

/** How much care a plan needs, which decides who must approve it: `protected` people, an `urgent` leaver. */
export type Care = 'ordinary' | 'protected' | 'urgent'

export interface Plan {
  steps: PlannedStep[]
  care: Care
  /** What the approver should know and no step says: a group that cannot be left and what to do about it. */
  notes: string[]
  /** SHA-256 (hex) of the canonical JSON of operation, subject, start and steps: what an approver approves. */
  digest: string
}

/** How a step differs from the plan that was approved. */
export interface Drift {
  id: string
  title: string
  how: 'added' | 'removed' | 'changed'
}

export type StepOutcome = 'pending' | 'applying' | 'done' | 'already' | 'failed' | 'skipped' | 'undone'

/** How a planned step went; same order as the plan. */
export interface StepRecord {
  id: string
  outcome: StepOutcome
  /** How often it was observed since it started. */
  attempts: number
  /** True once Graph, or a person, was asked to change something for this step: what is found so later was our doing. */
  applied?: boolean
  /** Not to be looked at again before this. */
  retryAt?: Date
  /** When the first attempt began. */
  startedAt?: Date
  /** Since when Graph keeps it waiting; the patience with Graph counts from here. */
  troubledSince?: Date
  finishedAt?: Date
  /** Sent as `client-request-id`, so that Microsoft's audit log can be matched with ours. */
  clientRequestId?: string
  reason?: StepReason
  /** Who said that the manual part of the step is done. */
  ticked?: { by: Person; at: Date }
  /** What was there before, as read when the step ran: enough to restore it. Never a secret. */
  saved?: Record<string, unknown>
}

/** Why a step failed, was skipped or is waiting: a closed code, and Graph's own code and request id where it said no. */
export interface StepReason {
  code: StepReasonCode
  graphCode?: string
  graphRequestId?: string
  data?: Record<string, string>
}

export type StepReasonCode =
  | 'graph_refused'
  | 'graph_unreachable'
  | 'not_visible_yet'
  | 'not_verified'
  | 'no_seats'
  | 'user_name_taken'
  | 'needs_failed_step'
  | 'pass_policy_off'
  | 'mail_not_configured'
  | 'gone'
  | 'waits_for_person'
  | 'mailbox_not_safe'
  | 'not_seen_yet'
  | 'not_before'
  | 'taken_back'

/** The aggregate: one asking for one operation, with its state, its clock and its outcomes, in one document. */
export interface Request {
  _id: string
  operation: OperationName
  directoryId: string
  status: Status
  /** Counts every change; a card copy is stale when it shows an older one. */
  version: number
  requester: Person
  reason: string
  subject: Subject
  input: Record<string, unknown>
  plan: Plan
  /** Set when the directory moved after approval: what differs between the approved plan and this one, by step id. */
  drift?: Drift[]
  steps: StepRecord[]
  stages: Stage[]
  /** Index of the stage that is open. */
  stage: number
  /** When it should start; absent means as soon as approved. */
  startAt?: Date
  /** The requester's IANA time zone, for dates on cards of people whose own zone is unknown. */
  timeZone: string
  /** Why the request as a whole ended as it did, where no single step says it. */
  outcome?: StepReason
  /** The one-time secret that waits to be shown, if any: its id, who may open it, and how that went. Never its value. */
  secret?: SecretNote
  /** Why it does not go on although it could: Graph does not tell what has to be known first. */
  held?: StepReason
  /** What steps learnt on the way and later steps need, e.g. the new account's object id. Never a secret. */
  facts: Record<string, string>
  createdAt: Date
  updatedAt: Date
  endedAt?: Date
  /** When something must happen next; null when nothing will by itself. */
  dueAt: Date | null
  lease: { owner: string; until: Date } | null
  /** The request that this one takes back. */
  undoes?: string
  /** What nobody else may ask for while this is open, e.g. the new user name: unique, and gone when the request has ended. */
  reserves?: string
  /** The form it was asked on: a form sent twice is one request. */
  form?: string
  /** Where the card of the one who asked is: written and read by the notifier, opaque here. */
  origin?: object
  /** True until history and every card copy have been told about the current version. */
  unannounced: boolean
  /** Facts on their way into history: written with the change they tell of, moved by the worker. */
  outbox: Fact[]
}

export interface SecretNote {
  id: string
  purpose: 'temporary-access-pass' | 'temporary-password'
  entitled: Person[]
  expiresAt: Date
  opened?: { by: Person; at: Date }
}
