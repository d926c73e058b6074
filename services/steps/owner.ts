import type { Step } from './step.ts'
import { call, planned, target } from './target.ts'

export interface OwnerArgs {
  userId: string
  groupId: string
  groupName: string
  personName: string
}

const isOwner = async (args: OwnerArgs, context: Parameters<Step<OwnerArgs>['observe']>[1]): Promise<boolean> =>
  (await context.graph.groups.owners(args.groupId, call(context))).some((o) => o.id === target(args, context))

/** @see learn: graph/api/group-post-owners */
export const addOwner: Step<OwnerArgs> = {
  kind: 'add-owner',
  observe: async (args, context) => ({ state: (await isOwner(args, context)) ? 'so' : 'not' }),
  apply: (args, context) => context.graph.groups.addOwner(args.groupId, target(args, context), call(context)),
  undo: (args) => [
    planned(`owner-off:${args.groupId}:${args.userId}`, {
      kind: 'remove-owner',
      change: 'remove',
      title: 'Owner',
      before: `${args.personName}: ${args.groupName}`,
      after: '',
      args,
      needs: [`owner:${args.groupId}:back`],
    }),
  ],
}

/** Only after somebody else owns the group: Graph refuses to take the last owner away, and so do we. */
export const removeOwner: Step<OwnerArgs> = {
  kind: 'remove-owner',
  observe: async (args, context) =>
    (await isOwner(args, context)) ? { state: 'not', before: { owner: true } } : { state: 'so' },
  apply: (args, context) => context.graph.groups.removeOwner(args.groupId, target(args, context), call(context)),
  undo: (args) => [
    planned(`owner:${args.groupId}:back`, {
      kind: 'add-owner',
      change: 'add',
      title: 'Owner',
      before: '',
      after: `${args.personName}: ${args.groupName}`,
      args,
    }),
  ],
}
