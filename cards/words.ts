import type { HandOverWay } from '../services/approvals/policy.ts'
import type { OperationName } from '../services/operations/operation.ts'
import type { PassedOver, SecretNote, StepReason, StepReasonCode } from '../services/requests/request.ts'
import { literal } from './text.ts'

export const OPERATION_WORDS: Record<OperationName, string> = {
  provision: 'New account',
  deactivate: 'Deactivate',
  reactivate: 'Reactivate',
  undo: 'Undo',
}

export const SECRET_WORDS: Record<SecretNote['purpose'], string> = {
  'temporary-access-pass': 'temporary access pass',
  'temporary-password': 'temporary password',
}

/** For a button, which phones cut: what it is stands in full above it. */
export const SHORT_SECRET_WORDS: Record<SecretNote['purpose'], string> = {
  'temporary-access-pass': 'pass',
  'temporary-password': 'password',
}

export const HAND_OVER_WORDS: Record<HandOverWay, string> = {
  'temporary-access-pass': 'Temporary access pass',
  'temporary-password': 'Temporary password',
  'activation-mail': 'Activation mail',
}

/** After a name, or "Manager" where there is none: "Megan Bowen could not be reached". */
export const PASSED_OVER_WORDS: Record<PassedOver['why'], string> = {
  no_manager: 'is not set',
  disabled: 'has a disabled account',
  is_requester: 'asked for this',
  is_subject: 'is the person concerned',
  not_reached: 'could not be reached',
  not_found: 'was not found',
  not_asked: 'may not decide this any more',
}

const REASON_WORDS: Record<StepReasonCode, string> = {
  graph_refused: 'Microsoft 365 refused',
  graph_unreachable: 'Microsoft 365 could not be reached',
  not_visible_yet: 'Microsoft 365 has not shown it yet',
  not_verified: 'reading it back showed something else',
  no_seats: 'no seats left',
  user_name_taken: 'the user name is taken',
  needs_failed_step: 'an earlier step failed',
  pass_policy_off: 'temporary access passes are off in this directory',
  mail_not_configured: 'no mailbox is set up to send it from',
  gone: 'it no longer exists',
  not_seen_yet: 'Microsoft 365 has not shown it yet',
  waits_for_person: 'waits for somebody to do it by hand',
  mailbox_not_safe: 'Exchange has not shown the conversion yet, which can take some minutes',
  not_before: 'its day has not come yet',
  taken_back: 'the request was taken back',
}

/** What Graph's commonest refusal means to those who read it. */
const GRAPH_WORDS: Partial<Record<string, string>> = {
  Authorization_RequestDenied: 'Microsoft 365 does not allow Latchkey to do this',
}

/** Why a step went as it did, in words, with Graph's own code where Graph said no. */
export function reasonText(reason: StepReason): string {
  const words = (reason.code === 'graph_refused' && GRAPH_WORDS[reason.graphCode ?? '']) || REASON_WORDS[reason.code]
  return reason.graphCode === undefined ? words : `${words} (${literal(reason.graphCode, 60)})`
}

/** A reason as history keeps it: a code of this version or of another one, which stays as it is. */
export const recordedReason = (code: string, graphCode?: string): string =>
  isReason(code) ? reasonText({ code, ...(graphCode === undefined ? {} : { graphCode }) }) : code

const isReason = (code: string): code is StepReasonCode => Object.hasOwn(REASON_WORDS, code)
