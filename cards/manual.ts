import type { PlannedStep, Request } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { literal } from './text.ts'

export interface ManualPart {
  title: string
  lines: { number: string; text: string }[]
}

/** The steps that wait for this reader's hands. What is yet to be looked at, as one that was just ticked, may be done already. */
export function manualSteps(request: Request, viewer: Viewer): PlannedStep[] {
  const isUnderWay = request.status === 'waiting' || request.status === 'running'
  if (viewer.role !== 'requester' || !isUnderWay) return []
  const isDone = (id: string): boolean =>
    request.steps.some((s) => s.id === id && (s.outcome === 'done' || s.outcome === 'already'))
  return request.plan.steps.filter((step) => {
    const record = request.steps.find((s) => s.id === step.id)
    if (step.instructions === undefined || record?.outcome !== 'pending') return false
    return record.reason !== undefined && (step.needs ?? []).every(isDone)
  })
}

/** What to do, one instruction a line. */
export const manualParts = (request: Request, viewer: Viewer): ManualPart[] =>
  manualSteps(request, viewer).map(({ title, instructions = [] }) => ({
    title: literal(title, 80),
    lines: instructions.map((text, i) => ({ number: `${i + 1}`, text: literal(text) })),
  }))
