import type { Operation, OperationName } from './operation.ts'
import { provision } from './provision/index.ts'

/** The table of contents: every operation there is. */
export const operations: Record<OperationName, Operation> = {
  provision: provision,
}
