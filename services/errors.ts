/** Everything Latchkey may refuse, as a closed list. bot/replies.ts has words for each: a code without words does not compile. */
export type RefusalCode =
  | 'not_helpdesk'
  | 'not_your_request'
  | 'not_an_approver'
  | 'own_request'
  | 'own_account'
  | 'other_tenant'
  | 'other_channel'
  | 'unknown_person'
  | 'request_not_found'
  | 'already_decided'
  | 'plan_changed'
  | 'wrong_status'
  | 'nothing_to_do'
  | 'not_retryable'
  | 'busy'
  | 'slow'
  | 'not_manual'
  | 'not_undoable'
  | 'nobody_to_ask'
  | 'bad_input'
  | 'not_entitled'
  | 'secret_gone'
  | 'secret_already_opened'
  | 'secret_pending'
  | 'directory_refused'
  | 'directory_unreachable'
  | 'store_unreachable'
  | 'unknown_verb'
  | 'private_chat_needed'
  | 'internal'

/** A "no" with a reason that may be shown to people. It carries facts, never secrets; the words are found at the edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly data: Record<string, string>
  constructor(code: RefusalCode, data: Record<string, string> = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.data = data
  }
}
