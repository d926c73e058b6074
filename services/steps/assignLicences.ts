import { GraphRefused, type LicenseAssignmentState } from '../graph/index.ts'
import type { Step, StepContext } from './step.ts'
import { StepBlocked } from './step.ts'
import { call, target } from './target.ts'

export interface AssignLicencesArgs {
  userId?: string
  skuIds: string[]
  /** Service plans that stay off, by SKU. */
  disabledPlans?: Record<string, string[]>
}

/** All direct licences in one write. @see learn: graph/api/user-assignlicense */
export const assignLicences: Step<AssignLicencesArgs> = {
  kind: 'assign-licences',

  async observe(args, context) {
    const user = await context.graph.users.get(target(args, context), call(context))
    if (!user) return { state: 'unseen' }
    const held = new Set((user.licenseAssignmentStates ?? []).filter(isDirectAndActive).map((s) => s.skuId))
    return { state: args.skuIds.every((id) => held.has(id)) ? 'so' : 'not' }
  },

  async apply(args, context) {
    await requireSeats(args, context)
    const add = args.skuIds.map((skuId) => ({ skuId, disabledPlans: args.disabledPlans?.[skuId] ?? [] }))
    try {
      await context.graph.users.assignLicense(target(args, context), { add, remove: [] }, call(context))
    } catch (error) {
      // Refused: perhaps somebody took the last seat in between, and then it is to be waited for.
      if (isRefused(error)) await requireSeats(args, context)
      throw error
    }
  },
}

/** Graph says "no seats" only in words, and words may change: so they are counted. */
async function requireSeats(args: AssignLicencesArgs, context: StepContext): Promise<void> {
  const skus = await context.graph.skus.list(call(context))
  const full = skus.find((sku) => args.skuIds.includes(sku.skuId) && sku.seatsLeft < 1)
  if (full) throw new StepBlocked({ code: 'no_seats', data: { licence: full.name } })
}

const isRefused = (error: unknown): boolean => error instanceof GraphRefused && error.status === 400

const isDirectAndActive = (state: LicenseAssignmentState): boolean =>
  state.assignedByGroup === null && state.state === 'Active'
