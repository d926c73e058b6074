import { randomUUID } from 'node:crypto'
import { requestCard } from '../../cards/request.ts'
import type { Draft } from '../../services/operations/operation.ts'
import type { ProvisionInput } from '../../services/operations/provision/input.ts'
import type { Request } from '../../services/requests/request.ts'
import { show } from '../commands/show.ts'
import { provisionFormCard } from '../forms/provisionForm.ts'
import { sendCard, viewerOf } from '../turn.ts'
import type { Action } from './action.ts'
import { readId } from './data.ts'

export const open: Action = {
  verb: 'request.show',
  async run(deps, turn, data) {
    await show(deps, turn, readId(data))
    return 'Here it is.'
  },
}

export const withdraw: Action = {
  verb: 'request.withdraw',
  async run(deps, turn, data) {
    const request = await deps.requests.withdraw({ id: readId(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}

export const retry: Action = {
  verb: 'request.retry',
  async run(deps, turn, data) {
    const request = await deps.requests.retry({ id: readId(data), actor: turn.actor })
    return requestCard(request, viewerOf(turn, request))
  },
}

/** The same form once more, filled as it was: for a request that was refused, lapsed or failed. */
export const again: Action = {
  verb: 'request.again',
  async run(deps, turn, data) {
    const request = await deps.requests.get(readId(data), turn.actor)
    await sendCard(turn, await provisionFormCard(deps, turn, { form: randomUUID(), draft: draftOf(request) }))
    return 'The form is below, filled as it was.'
  },
}

function draftOf(request: Request): Draft {
  const input = request.input as unknown as ProvisionInput
  const [userName = '', domain = ''] = input.userPrincipalName.split('@')
  return {
    firstName: input.firstName,
    lastName: input.lastName,
    userName,
    domain,
    jobTitle: input.jobTitle ?? '',
    department: input.department ?? '',
    manager: input.manager?.userPrincipalName ?? '',
    usageLocation: input.usageLocation ?? '',
    template: input.template?.id ?? '',
    groups: input.groups.map((g) => g.id).join(','),
    licences: input.licences.map((l) => l.skuId).join(','),
    startDate: input.startDate ?? '',
    handOver: input.handOver,
    alternateMail: input.alternateMail ?? '',
    reason: request.reason,
  }
}
