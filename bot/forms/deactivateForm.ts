import { DateTime } from 'luxon'
import type { Card } from '../../cards/card.ts'
import { DEACTIVATE_FIELDS, deactivateForm as render } from '../../cards/deactivate.ts'
import type { DeactivateInput } from '../../services/operations/deactivate/input.ts'
import type { Draft } from '../../services/operations/operation.ts'
import type { Request } from '../../services/requests/request.ts'
import type { Deps } from '../deps.ts'
import { problemText } from '../replies.ts'
import { candidatesFor, type Form, type FormState } from './form.ts'

export const deactivateForm: Form<DeactivateInput> = { fields: DEACTIVATE_FIELDS, card, draftOf }

/** The form with what policy proposes for this person. */
async function card(deps: Deps, state: FormState): Promise<Card> {
  const { deactivate } = deps.policy
  return render({
    form: state.form,
    values: {
      mailbox: deactivate.mailbox,
      deleteAfterDays: String(deactivate.deleteAfterDays),
      devices: 'true',
      urgent: 'false',
      ...state.draft,
    },
    problems: (state.problems ?? []).map((p) => ({ field: p.field, text: problemText(p) })),
    choices: { people: candidatesFor('person', state), successors: candidatesFor('successor', state) },
    ...(state.preview ? { preview: state.preview } : {}),
  })
}

function draftOf(input: DeactivateInput, { reason, timeZone }: Pick<Request, 'reason' | 'timeZone'>): Draft {
  const start = input.startAt ? DateTime.fromISO(input.startAt, { zone: timeZone }) : undefined
  return {
    person: input.userPrincipalName,
    startDate: start?.toISODate() ?? '',
    startTime: start?.toFormat('HH:mm') ?? '',
    urgent: String(input.urgent),
    successor: input.successor?.userPrincipalName ?? '',
    autoReply: input.autoReply,
    mailbox: input.mailbox,
    deleteAfterDays: String(input.deleteAfterDays),
    devices: String(input.devices),
    reason,
  }
}
