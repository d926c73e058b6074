import { canonicalJson, sha256Hex } from '../canonicalJson.ts'
import type { DraftPlan, OperationName } from '../operations/operation.ts'
import type { Drift, Plan } from './request.ts'

/** Freezes a plan. Its digest covers everything that will be done, and nothing that changes by itself (seats left). */
export function freeze(operation: OperationName, draft: DraftPlan): Plan {
  const steps = draft.steps.map(({ note: _volatile, ...step }) => step)
  const { care = 'ordinary', notes = [] } = draft
  const essence = { operation, subject: draft.subject, startAt: draft.startAt ?? null, steps, care, notes }
  return { steps: draft.steps, care, notes, digest: sha256Hex(canonicalJson(essence)) }
}

/** What differs between the plan that was approved and the one that would run now, step by step. */
export function driftBetween(approved: Plan, current: Plan): Drift[] {
  const before = new Map(approved.steps.map((s) => [s.id, s]))
  const after = new Map(current.steps.map((s) => [s.id, s]))
  const essence = (step: (typeof approved.steps)[number]) => canonicalJson({ ...step, note: null })
  const moved = current.steps.flatMap((step): Drift[] => {
    const old = before.get(step.id)
    if (!old) return [{ id: step.id, title: step.title, how: 'added' }]
    return essence(old) === essence(step) ? [] : [{ id: step.id, title: step.title, how: 'changed' }]
  })
  const removed = approved.steps.filter((s) => !after.has(s.id))
  return [...moved, ...removed.map((s) => ({ id: s.id, title: s.title, how: 'removed' as const }))]
}
