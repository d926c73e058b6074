import type { createRequests, Request } from '../../services/requests/index.ts'
import type { AddressListArgs } from '../../services/steps/addressList.ts'
import type { ShareMailboxArgs } from '../../services/steps/shareMailbox.ts'

interface Hands {
  verbs: Pick<ReturnType<typeof createRequests>, 'tick'>
  graphUrl: string
}

/**
 * The one who asked does the first thing that waits for a person, in the sandbox's Exchange, and says so. One thing at a
 * time, so that every run goes the same way. @returns false when nothing waits for a person
 */
export async function byHand(request: Request, { verbs, graphUrl }: Hands): Promise<boolean> {
  if (request.status !== 'waiting') return false
  const step = request.plan.steps.find((planned, i) => {
    const record = request.steps[i]
    return planned.instructions && record?.outcome === 'pending' && !record.ticked
  })
  if (!step) return false
  const args = step.args as ShareMailboxArgs | AddressListArgs
  const change = 'to' in args ? { purpose: args.to } : { hidden: !args.show }
  await fetch(`${graphUrl}/_sandbox/mailbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId: args.userId, ...change }),
  })
  await verbs.tick({ id: request._id, step: step.id, actor: request.requester })
  return true
}
