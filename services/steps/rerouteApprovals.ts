import type { Step } from './step.ts'

export interface RerouteApprovalsArgs {
  userId: string
}

/** Whatever waits for somebody who leaves would wait for ever: it is passed on to the fallback. */
export const rerouteApprovals: Step<RerouteApprovalsArgs> = {
  kind: 'reroute-approvals',
  observe: async (args, context) => ({ state: (await context.requests.waitingFor(args.userId)) === 0 ? 'so' : 'not' }),
  apply: (args, context) => context.requests.reroute(args.userId),
  undo: () => [],
}
