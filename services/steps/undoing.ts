import type { Step } from './step.ts'

export interface TakeBackArgs {
  requestId: string
}

/** What the other request has not done yet, it must not do while it is taken back. */
export const stopRequest: Step<TakeBackArgs> = {
  kind: 'stop-request',
  observe: async (args, context) => ({ state: (await context.requests.isStopped(args.requestId)) ? 'so' : 'not' }),
  apply: (args, context) => context.requests.stop(args.requestId),
}

/** The last step of an undo: only when all before it was read back is the other request undone. */
export const markUndone: Step<TakeBackArgs> = {
  kind: 'mark-undone',
  observe: async (args, context) => ({ state: (await context.requests.isUndone(args.requestId)) ? 'so' : 'not' }),
  apply: (args, context) => context.requests.markUndone(args.requestId),
}
