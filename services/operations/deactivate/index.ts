import type { Operation } from '../operation.ts'
import { check } from './check.ts'
import type { DeactivateInput } from './input.ts'
import { plan } from './plan.ts'

/** Somebody leaves: a saga that can be taken back. */
export const deactivate: Operation<DeactivateInput> = {
  name: 'deactivate',
  check,
  plan,
  managerOf: (input) => input.manager?.id,
}
