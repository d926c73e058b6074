import { REACTIVATE_FIELDS, reasonForm as render, UNDO_FIELDS } from '../../cards/reason.ts'
import type { ReactivateInput } from '../../services/operations/reactivate/index.ts'
import type { UndoInput } from '../../services/operations/undo/index.ts'
import { problemText } from '../replies.ts'
import { candidatesFor, type Form } from './form.ts'

const cardOf =
  (operation: 'reactivate' | 'undo'): Form['card'] =>
  async (_deps, state) =>
    render({
      operation,
      form: state.form,
      values: state.draft,
      problems: (state.problems ?? []).map((p) => ({ field: p.field, text: problemText(p) })),
      candidates: candidatesFor('person', state),
      ...(state.preview ? { preview: state.preview } : {}),
    })

export const reactivateForm: Form<ReactivateInput> = {
  fields: REACTIVATE_FIELDS,
  card: cardOf('reactivate'),
  draftOf: ({ userPrincipalName: person }, { reason }) => ({ person, reason }),
}

export const undoForm: Form<UndoInput> = {
  fields: UNDO_FIELDS,
  card: cardOf('undo'),
  draftOf: ({ requestId: request }, { reason }) => ({ request, reason }),
}
