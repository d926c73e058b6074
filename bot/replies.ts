import { plain } from '../cards/text.ts'
import { when } from '../cards/dates.ts'
import type { RefusalCode } from '../services/errors.ts'
import { Refusal } from '../services/errors.ts'
import { GraphRefused, GraphUnreachable } from '../services/graph/index.ts'
import type { Problem, ProblemCode } from '../services/operations/operation.ts'
import { StoreUnreachable } from '../services/store/store.ts'

interface Speaker {
  timeZone: string
  locale: string
  now: Date
}

type Data = Record<string, string>
type Words = (data: Data, speaker: Speaker) => string

const at = (data: Data, speaker: Speaker): string => {
  const date = new Date(data['at'] ?? '')
  return Number.isNaN(date.getTime()) ? '' : ` on ${when(date, speaker)}`
}
const name = (data: Data): string => plain(data['name'] ?? 'Somebody', 80)

/** A word for every refusal: total, so that a new code without words does not compile. */
const REFUSALS: Record<RefusalCode, Words> = {
  not_helpdesk: () =>
    'Only the helpdesk can ask for that. If you are new there, ask an administrator to add you to its group.',
  not_your_request: () => 'Only the person who asked, or an administrator, can do that.',
  not_an_approver: () => 'This request is not waiting for your approval.',
  own_request: () => 'You asked for this yourself, so somebody else has to decide.',
  own_account: () => 'This is about your own account, so somebody else has to decide.',
  other_tenant: () => 'This Latchkey belongs to another organisation.',
  other_channel: () => 'Latchkey speaks with people only in Microsoft Teams, which vouches for who they are.',
  unknown_person: () => 'Your account is not active in the directory that Latchkey looks after.',
  request_not_found: (d) => `There is no request ${plain(d['id'] ?? '', 20)} that you may see.`,
  already_decided: (d, s) => `${name(d)} has ${d['verdict'] ?? 'decided'} this already${at(d, s)}.`,
  plan_changed: () => 'The plan has changed since this card was made. Please look at the new one before you decide.',
  wrong_status: (d) => `That is not possible any more: the request is ${plain(d['status'] ?? 'over', 20)}.`,
  nothing_to_do: () => 'There is nothing left in this plan that could be done. Reject it, and say why.',
  not_retryable: (d) => `There is nothing to try again: the request is ${plain(d['status'] ?? 'over', 40)}.`,
  busy: () => 'Many people are working on this at once. Please try again.',
  slow: () =>
    'Microsoft 365 is slow right now. If your card does not change within a minute, please try again: nothing is done twice.',
  nobody_to_ask: (d) =>
    `Nobody can approve this: the stage "${plain(d['stage'] ?? '', 40)}" has too few people to ask. An administrator can change the policy.`,
  bad_input: (d) => `That could not be read${d['what'] ? `: ${plain(d['what'], 120)}` : ''}. Please try again.`,
  not_manual: () => 'There is nothing to tick off here right now.',
  not_undoable: (d) => `This cannot be taken back: the request is ${plain(d['status'] ?? 'over', 40)}.`,
  not_entitled: () => 'Only the person it is meant for can open this.',
  secret_gone: () => 'It has lapsed. Ask for a new one with the button on the card.',
  secret_already_opened: (d, s) =>
    d['name']
      ? `${name(d)} has opened it${at(d, s)}. It is shown only once.`
      : `It was opened already${at(d, s)}. It is shown only once.`,
  secret_pending: () => 'There is nothing to show yet.',
  directory_refused: (d) =>
    `Microsoft 365 refused that (${plain(d['code'] ?? 'no code', 60)}${d['requestId'] ? `, request ${plain(d['requestId'], 40)}` : ''}). Nothing was changed.`,
  directory_unreachable: () =>
    'Microsoft 365 does not answer right now. Nothing was changed; please try again in a minute.',
  store_unreachable: () => 'The database does not answer right now. Nothing was changed; please try again in a minute.',
  unknown_verb: () => 'This button belongs to another version of Latchkey. Please ask for a new card.',
  private_chat_needed: () => 'Please write to me in a private chat for that.',
  internal: (d) =>
    `Something went wrong here, and it was logged as ${plain(d['ref'] ?? 'unknown', 20)}. Nothing was lost; please try again.`,
}

/** Words for every problem with a field. */
const PROBLEMS: Record<ProblemCode, (data: Data) => string> = {
  unknown_field: (d) => `"${d['name']}=" is not known here; the form has everything there is.`,
  required: () => 'Please fill this in.',
  user_name_needed: () => 'Please type a user name: none could be made from this name.',
  too_long: (d) => `At most ${d['most']} characters fit.`,
  bad_characters: () => "Letters, digits and ' . - _ ! # ^ ~ can be used, no dot at the end, at most 64 of them.",
  user_name_taken: (d) => `${d['userPrincipalName']} is taken. ${d['free']} is free.`,
  bad_domain: (d) => `${d['domain'] || 'This'} is not a verified domain in which accounts can be made here.`,
  person_unknown: (d) => `Nobody called "${d['typed']}" was found. Try the full name or the user name.`,
  person_ambiguous: (d) => `Several people fit "${d['typed']}". Please choose one.`,
  person_disabled: (d) => `${d['name']}'s account is disabled. Please choose somebody else.`,
  group_unknown: (d) => `The group "${d['group']}" is not in the directory, or not the only one of that name.`,
  group_not_writable: (d) =>
    `"${d['group']}" is dynamic, mail-enabled or comes from on-premises: its members cannot be changed here.`,
  group_reserved: (d) => `"${d['group']}" decides who may use Latchkey, so it is not given by a request.`,
  licence_unknown: (d) => `The licence ${d['licence']} is not one that can be given here.`,
  no_seats: (d) => `No seat of ${d['licence']} is left.`,
  usage_location_needed: () => 'A licence needs a country.',
  bad_usage_location: (d) => `"${d['typed']}" is not a country on the list. Please choose one.`,
  template_unknown: () => 'There is no such template. Please choose one.',
  bad_date: () => 'This is not a date. It is understood as year, month and day, such as 2027-01-31.',
  date_in_past: () => 'This day is over. Leave it empty to start at once.',
  date_too_far: (d) => `At most ${d['days']} days ahead.`,
  pass_policy_off: () => 'Temporary Access Passes are switched off in this tenant. Choose another way.',
  mail_not_configured: () => 'No mailbox to send from is set in the policy. Choose another way.',
  mail_needed: () => 'An activation mail needs a private mail address.',
  bad_mail: () => 'This is not a mail address.',
  already_asked: (d) => `${d['id']} is open already about ${d['name']}.`,
  is_guest: (d) => `${d['name']} is a guest: their home organisation manages the account.`,
  is_synced: (d) => `${d['name']} comes from on-premises. Disable the account there; it follows here.`,
  is_break_glass: (d) => `${d['name']} is an emergency account, which the policy never touches.`,
  is_latchkey: (d) => `${d['name']} is what Latchkey sends its mail from.`,
  is_self: () => 'This is your own account. Somebody else has to ask.',
  is_last_admin: (d) => `${d['name']} is the last Global Administrator. Make somebody else one first.`,
  is_protected: (d) => `${d['name']} holds a directory role, and the policy names nobody who may approve that.`,
  is_disabled: (d) => `${d['name']} is deactivated already, and nothing is left to do.`,
  is_active: (d) => `${d['name']}'s account is active.`,
  other_directory: (d) => `${d['domain']} is not a domain of this directory.`,
  contradiction: (d) => `Choose one: ${d['a']} and ${d['b']} exclude each other.`,
  bad_time: () => 'This is not a time.',
  request_unknown: (d) => `There is no request ${d['typed']}.`,
  not_undoable: (d) => `${d['id']} cannot be taken back: it is ${d['status']}.`,
  beyond_restore: () => 'The account was deleted more than 30 days ago, or for good: it cannot be restored.',
  not_offered: () => 'This way is not offered by the policy.',
}

export const refusalText = (refusal: Refusal, speaker: Speaker): string => REFUSALS[refusal.code](refusal.data, speaker)

/** Shown as data on a card, so nothing is escaped here. */
export const problemText = (problem: Problem): string => PROBLEMS[problem.code](problem.data ?? {})

/** Anything thrown, as a refusal: the one place where unknown errors are made known. `ref` finds it in the log. */
export function toRefusal(error: unknown, ref: string): Refusal {
  if (error instanceof Refusal) return error
  const cause = { cause: error }
  if (error instanceof GraphUnreachable) return new Refusal('directory_unreachable', {}, cause)
  if (error instanceof StoreUnreachable) return new Refusal('store_unreachable', {}, cause)
  if (error instanceof GraphRefused) {
    return new Refusal('directory_refused', { code: error.code, requestId: error.requestId ?? '' }, cause)
  }
  return new Refusal('internal', { ref }, cause)
}
