import type { Parties } from '../approvals/routing.ts'
import { operations } from '../operations/index.ts'
import type { Request } from './request.ts'

/** Whose request it is, whom it is about, and whom the policy's word "manager" means for it. */
export const partiesOf = (request: Pick<Request, 'operation' | 'requester' | 'subject' | 'input'>): Parties => ({
  requester: request.requester,
  subject: request.subject,
  managerId: operations[request.operation].managerOf(request.input),
})
