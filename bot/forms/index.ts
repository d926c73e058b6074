import type { OperationName } from '../../services/operations/operation.ts'
import { deactivateForm } from './deactivateForm.ts'
import type { Form } from './form.ts'
import { provisionForm } from './provisionForm.ts'
import { reactivateForm, undoForm } from './reasonForms.ts'

/** The table of contents: the form of every operation. */
export const forms: Record<OperationName, Form> = {
  provision: provisionForm,
  deactivate: deactivateForm,
  reactivate: reactivateForm,
  undo: undoForm,
}
