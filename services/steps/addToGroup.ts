import { isGroup } from '../graph/index.ts'
import type { Step } from './step.ts'
import { StepBlocked } from './step.ts'
import { call, target } from './target.ts'

export interface AddToGroupArgs {
  userId?: string
  groupId: string
  /** Licences that must come with the group: being in it without a seat is not what was there before. */
  skuIds?: string[]
}

/** @see learn: graph/api/group-post-members */
export const addToGroup: Step<AddToGroupArgs> = {
  kind: 'add-to-group',

  async observe(args, context) {
    // Direct membership: being in it through another group is not what was planned.
    const memberships = await context.graph.users.memberOf(target(args, context), call(context))
    if (!memberships.some((m) => isGroup(m) && m.id === args.groupId)) return { state: 'not' }
    // Group-based licensing takes its time after the membership.
    return { state: (await lacking(args, context)).length === 0 ? 'so' : 'unseen' }
  },

  async apply(args, context) {
    const lacks = await lacking(args, context)
    const skus = lacks.length === 0 ? [] : await context.graph.skus.list(call(context))
    const full = skus.find((sku) => lacks.includes(sku.skuId) && sku.seatsLeft < 1)
    if (full) throw new StepBlocked({ code: 'no_seats', data: { licence: full.name } })
    await context.graph.groups.addMember(args.groupId, target(args, context), call(context))
  },
}

async function lacking(args: AddToGroupArgs, context: Parameters<Step['observe']>[1]): Promise<string[]> {
  if (!args.skuIds) return []
  const user = await context.graph.users.get(target(args, context), call(context))
  const active = (user?.licenseAssignmentStates ?? []).filter((s) => s.state === 'Active').map((s) => s.skuId)
  return args.skuIds.filter((skuId) => !active.includes(skuId))
}
