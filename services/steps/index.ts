import { addToGroup } from './addToGroup.ts'
import { assignLicences } from './assignLicences.ts'
import { createUser } from './createUser.ts'
import { handOver } from './handOver.ts'
import { setManager } from './setManager.ts'
import type { Step, StepKind } from './step.ts'

/** The table of contents: every kind of step there is. `args` were written by an operation's plan of the same kind. */
export const steps: Record<StepKind, Step> = {
  'create-user': createUser,
  'set-manager': setManager,
  'add-to-group': addToGroup,
  'assign-licences': assignLicences,
  'hand-over': handOver,
}
