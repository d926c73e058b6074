import type { AssignLicencesArgs } from './assignLicences.ts'
import type { Step, StepContext } from './step.ts'
import { call, planned, target } from './target.ts'

export interface RemoveLicencesArgs {
  userId: string
  skuIds: string[]
  names: string
}

interface Held {
  skuId: string
  disabledPlans: string[]
}

/** Takes the direct licences off; those that come from a group go with the group. @see learn: graph/api/user-assignlicense */
export const removeLicences: Step<RemoveLicencesArgs> = {
  kind: 'remove-licences',

  async observe(args, context) {
    const held = await directlyHeld(args, context)
    return held.length === 0 ? { state: 'so' } : { state: 'not', before: { licences: held } }
  },

  async apply(args, context) {
    const remove = (await directlyHeld(args, context)).map((l) => l.skuId)
    await context.graph.users.assignLicense(target(args, context), { add: [], remove }, call(context))
  },

  undo(args, { saved, userId }) {
    const licences = (saved['licences'] as Held[] | undefined) ?? []
    const back: AssignLicencesArgs = {
      userId,
      skuIds: licences.map((l) => l.skuId),
      disabledPlans: Object.fromEntries(licences.map((l) => [l.skuId, l.disabledPlans])),
    }
    return [
      planned('licences', {
        kind: 'assign-licences',
        change: 'add',
        title: 'Licences',
        before: '',
        after: args.names,
        args: back,
      }),
    ]
  },
}

async function directlyHeld(args: RemoveLicencesArgs, context: StepContext): Promise<Held[]> {
  const user = await context.graph.users.get(target(args, context), call(context))
  return (user?.licenseAssignmentStates ?? [])
    .filter((s) => s.assignedByGroup === null && args.skuIds.includes(s.skuId))
    .map((s) => ({ skuId: s.skuId, disabledPlans: s.disabledPlans ?? [] }))
}
