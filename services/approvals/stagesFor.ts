import type { OperationName } from '../operations/operation.ts'
import type { Care } from '../requests/request.ts'
import type { Policy, StagePolicy } from './policy.ts'

/** The rounds of approval that policy asks of an operation; more for people who are protected, fewer when it is urgent. */
export function stagesFor(policy: Policy, operation: OperationName, care: Care): StagePolicy[] {
  const { stages } = policy.operations[operation]
  const { urgent, protected: guarded } = policy.operations.deactivate
  switch (care) {
    case 'ordinary':
      return stages
    case 'protected':
      return guarded.length > 0 ? guarded : stages
    case 'urgent':
      return operation === 'deactivate' && urgent.length > 0 ? urgent : stages
  }
}
