import { isWritable } from '../../graph/index.ts'
import type { PlannedStep } from '../../requests/request.ts'
import type { SetDeviceArgs } from '../../steps/setDevice.ts'
import type { SetManagerArgs } from '../../steps/setManager.ts'
import type { PlanContext } from '../operation.ts'

export interface Undoing {
  steps: PlannedStep[]
  notes: string[]
}

/** The directory moves on: what is no longer there, or belongs to somebody else's doing by now, is named and left alone. */
export async function stillPossible(steps: PlannedStep[], context: PlanContext): Promise<Undoing> {
  const whyNot = await Promise.all(steps.map((step) => obstacle(step, context)))
  return {
    steps: steps.filter((_, i) => whyNot[i] === undefined),
    notes: whyNot.filter((why) => why !== undefined),
  }
}

async function obstacle(step: PlannedStep, context: PlanContext): Promise<string | undefined> {
  switch (step.kind) {
    case 'add-to-group':
    case 'add-owner':
    case 'remove-owner':
      return withGroup(step, step.args as { groupId: string }, context)
    case 'set-manager':
      return withManager(step, step.args as SetManagerArgs, context)
    case 'set-device':
      return withDevice(step.args as SetDeviceArgs, context)
    default:
      return undefined
  }
}

async function withGroup(step: PlannedStep, { groupId }: { groupId: string }, { graph }: PlanContext) {
  const group = await graph.groups.get(groupId)
  if (!group) return `${step.after || step.before} is no longer in the directory.`
  return isWritable(group) ? undefined : `${group.displayName} cannot be changed here any more.`
}

async function withManager(
  step: PlannedStep,
  { userId = '', managerId, from }: SetManagerArgs,
  { graph }: PlanContext,
) {
  if (!(await graph.users.get(userId))) return `${step.title}: this account is no longer in the directory.`
  const manager = await graph.users.manager(userId)
  const isOthers = from !== undefined && manager?.id !== from && manager?.id !== managerId
  return isOthers ? `${step.title} is ${manager?.displayName ?? 'nobody'} by now, and stays so.` : undefined
}

async function withDevice({ userId, deviceId, name }: SetDeviceArgs, { graph }: PlanContext) {
  // The devices of a deleted account cannot be read; the step itself will look once it is back.
  if (!(await graph.users.get(userId))) return undefined
  const isThere = (await graph.devices.of(userId)).some((device) => device.id === deviceId)
  return isThere ? undefined : `${name} is no longer in the directory.`
}
