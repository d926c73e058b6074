import type { StagePolicy } from '../approvals/policy.ts'
import type { Stage } from './request.ts'

/** Opens stage number `stage`: its clock starts now, not when the request was made. */
export function openStageAt(policies: StagePolicy[], stages: Stage[], at: { stage: number; now: Date }): Stage[] {
  return stages.map((stage, i) => {
    const policy = policies[i]
    if (i !== at.stage || !policy) return stage
    const after = (seconds: number) => new Date(at.now.getTime() + seconds * 1000)
    return {
      ...stage,
      openedAt: at.now,
      expiresAt: after(policy.within),
      ...(policy.remind !== undefined && policy.remind < policy.within ? { remindAt: after(policy.remind) } : {}),
    }
  })
}

/** When the open stage next needs attention: the reminder, then the end. */
export function dueWhilePending(stage: Stage | undefined): Date | null {
  return stage?.remindAt ?? stage?.expiresAt ?? null
}

/** What the decisions come to: one "no" is enough, a "yes" takes as many as are needed; undefined while it is open. */
export function verdictOf({ decisions, needed }: Stage): Stage['verdict'] {
  if (decisions.some((d) => d.verdict === 'rejected')) return 'rejected'
  return decisions.length >= needed ? 'approved' : undefined
}

/** Replaces the open stage. */
export function withStage(stages: Stage[], index: number, stage: Stage): Stage[] {
  return stages.map((s, i) => (i === index ? stage : s))
}
