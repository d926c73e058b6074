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

export const isSettled = (stage: Stage): boolean =>
  stage.decisions.filter((d) => d.verdict === 'approved').length >= stage.needed

/** Replaces the open stage. */
export function withStage(stages: Stage[], index: number, stage: Stage): Stage[] {
  return stages.map((s, i) => (i === index ? stage : s))
}
