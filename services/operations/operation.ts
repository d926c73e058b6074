import type { Graph } from '../graph/index.ts'
import type { Policy } from '../approvals/policy.ts'
import type { Care, Person, PlannedStep, Request, Subject } from '../requests/request.ts'

export const OPERATION_NAMES = ['provision', 'deactivate', 'reactivate', 'undo'] as const

export type OperationName = (typeof OPERATION_NAMES)[number]

/** What is wrong with one field of a form. bot/replies.ts has the words for each code. */
export interface Problem {
  field: string
  code: ProblemCode
  data?: Record<string, string>
  /** People or groups to choose from, where what was typed fits more than one. */
  candidates?: { id: string; label: string }[]
}

export type ProblemCode =
  | 'required'
  | 'unknown_field'
  | 'user_name_needed'
  | 'too_long'
  | 'bad_characters'
  | 'user_name_taken'
  | 'bad_domain'
  | 'person_unknown'
  | 'person_ambiguous'
  | 'person_disabled'
  | 'group_unknown'
  | 'group_not_writable'
  | 'group_reserved'
  | 'licence_unknown'
  | 'no_seats'
  | 'usage_location_needed'
  | 'bad_usage_location'
  | 'template_unknown'
  | 'bad_date'
  | 'date_in_past'
  | 'date_too_far'
  | 'pass_policy_off'
  | 'mail_not_configured'
  | 'mail_needed'
  | 'bad_mail'
  | 'not_offered'
  | 'already_asked'
  | 'is_guest'
  | 'is_protected'
  | 'is_synced'
  | 'is_break_glass'
  | 'is_latchkey'
  | 'is_self'
  | 'is_last_admin'
  | 'is_disabled'
  | 'is_active'
  | 'other_directory'
  | 'contradiction'
  | 'bad_time'
  | 'request_unknown'
  | 'not_undoable'
  | 'beyond_restore'

/** Form fields as they came in: text only, nothing believed. */
export type Draft = Record<string, string>

/** What an operation may look at while it checks and plans. It reads; it never writes. */
export interface PlanContext {
  graph: Graph
  policy: Policy
  requester: Person
  now: Date
  timeZone: string
  /** True when an open request is about to take this user name. */
  isReserved(userPrincipalName: string): Promise<boolean>
  /** Another request, as it is. */
  request(id: string): Promise<Request | undefined>
  /** The newest request of an operation about a person that has done something which still holds. */
  lastDone(operation: OperationName, personId: string): Promise<Request | undefined>
  /** Roles of Latchkey that only this person holds. */
  soleRoles(personId: string): Promise<string[]>
  /** How many requests wait for this person's approval. */
  waitingFor(personId: string): Promise<number>
  /** The open request of this operation about this person. */
  openAbout(operation: OperationName, personId: string): Promise<Request | undefined>
  /** The open request that takes this one back, if somebody has asked for that already. */
  openUndoOf(id: string): Promise<Request | undefined>
}

/** A checked draft, or what is wrong with it, field by field. `proposed`: values found for fields that were left empty. */
export type Checked<Input> = { proposed: Draft } & ({ ok: true; input: Input } | { ok: false; problems: Problem[] })

/** The essence of a request: the same input against the same directory always yields the same draft of a plan. */
export interface DraftPlan {
  subject: Subject
  steps: PlannedStep[]
  startAt?: Date
  care?: Care
  /** The request that this plan takes back. */
  undoes?: string
  notes?: string[]
}

/**
 * A kind of change. To add one: a folder here, a card, and a line in the two register lists.
 * `Input` is plain JSON; it is stored with the request and planned again before the run.
 */
export interface Operation<Input = unknown> {
  name: OperationName
  /** Makes a checked input of what was typed. Never throws on bad input: it says what is wrong with which field. */
  check(draft: Draft, context: PlanContext): Promise<Checked<Input>>
  /** Reads the directory and lists the steps, in order, with before and after. */
  plan(input: Input, context: PlanContext): Promise<DraftPlan>
  /** Who the policy's word "manager" means for this input: an Entra object id. */
  managerOf(input: Input): string | undefined
}
