import type { Operation } from '../operation.ts'
import { check } from './check.ts'
import type { ProvisionInput } from './input.ts'
import { plan } from './plan.ts'

/** A new account for a new person. */
export const provision: Operation<ProvisionInput> = {
  name: 'provision',
  check,
  plan,
  managerOf: (input) => input.manager?.id,
}
