import { deactivate } from './deactivate/index.ts'
import type { Operation, OperationName } from './operation.ts'
import { provision } from './provision/index.ts'
import { reactivate } from './reactivate/index.ts'
import { undo } from './undo/index.ts'

/** The table of contents: every operation there is. */
export const operations: Record<OperationName, Operation> = { provision, deactivate, reactivate, undo }
