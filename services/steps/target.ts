import type { StepContext } from './step.ts'
import type { PlannedStep } from '../requests/request.ts'
import { StepBlocked } from './step.ts'

/** The account a step works on: named by the plan or, where the plan creates it, learnt by `create-user`. */
export function target(args: { userId?: string }, context: StepContext): string {
  const id = args.userId ?? context.facts['userId']
  if (id === undefined) throw new StepBlocked({ code: 'needs_failed_step' })
  return id
}

export const call = (context: StepContext) => ({ clientRequestId: context.clientRequestId })

/** A planned step with its id; what an undo is made of. */
export const planned = (id: string, step: Omit<PlannedStep, 'id'>): PlannedStep => ({ id, ...step })
