import type { LicenseAssignmentState } from '../graph/index.ts'
import { isGroup } from '../graph/index.ts'
import type { Step, StepContext } from './step.ts'
import { StepBlocked } from './step.ts'
import { call, target } from './target.ts'

export interface AddToGroupArgs {
  userId?: string
  groupId: string
  /** Licences (SKU ids) that the group hands down: being a member is only half of it. */
  gives?: string[]
}

/** A member, and in possession of what membership gives. @see learn: graph/api/group-post-members */
export const addToGroup: Step<AddToGroupArgs> = {
  kind: 'add-to-group',

  async observe(args, context) {
    if (!(await isMember(args, context))) return { state: 'not' }
    const states = await handedDown(args, context)
    if ((args.gives ?? []).every((skuId) => states.some((s) => s.skuId === skuId && s.state === 'Active'))) {
      return { state: 'so' }
    }
    return { state: states.some((s) => s.error === 'CountViolation') ? 'not' : 'unseen' }
  },

  async apply(args, context) {
    const userId = target(args, context)
    if (!(await isMember(args, context))) return context.graph.groups.addMember(args.groupId, userId, call(context))
    // A member without the licence: there was no seat. Once there is one, Microsoft has to be asked to look again.
    await requireSeats(args, context)
    await context.graph.users.reprocessLicences(userId, call(context))
  },
}

/** Direct membership: being in it through another group is not what was planned. */
async function isMember(args: AddToGroupArgs, context: StepContext): Promise<boolean> {
  const memberships = await context.graph.users.memberOf(target(args, context), call(context))
  return memberships.some((m) => isGroup(m) && m.id === args.groupId)
}

async function handedDown(args: AddToGroupArgs, context: StepContext): Promise<LicenseAssignmentState[]> {
  if (!args.gives?.length) return []
  const user = await context.graph.users.get(target(args, context), call(context))
  return (user?.licenseAssignmentStates ?? []).filter((s) => s.assignedByGroup === args.groupId)
}

/** @throws StepBlocked `no_seats` */
async function requireSeats(args: AddToGroupArgs, context: StepContext): Promise<void> {
  const skus = await context.graph.skus.list(call(context))
  const full = skus.find((sku) => args.gives?.includes(sku.skuId) && sku.seatsLeft < 1)
  if (full) throw new StepBlocked({ code: 'no_seats', data: { licence: full.name } })
}
