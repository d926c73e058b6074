import type { Decision, Request, Stage } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { mayDecide, openStage, statusText } from './status.ts'
import { listed, literal } from './text.ts'
import { PASSED_OVER_WORDS } from './words.ts'

export interface ApprovalLine {
  sign: string
  color: 'good' | 'attention' | 'warning' | 'default'
  who: string
  text: string
  comment: { text: string }[]
}

/** Who decided, who is asked now, and who could not be asked: stage by stage, up to the one that is open. */
export function approvalLines(request: Request, viewer: Viewer): ApprovalLine[] {
  return request.stages.slice(0, request.stage + 1).flatMap((stage) => {
    const prefix = request.stages.length > 1 ? ` (${literal(stage.name, 40)})` : ''
    return [
      ...stage.passedOver.map((p) => passedOver(p, stage)),
      ...stage.approvers.filter((a) => a.reached === false).map((a) => unreached(a.name)),
      ...stage.decisions.map((d) => decision(d, prefix, viewer)),
      ...(stage === openStage(request) ? [open(request, stage, viewer)] : []),
    ]
  })
}

function decision(made: Decision, prefix: string, viewer: Viewer): ApprovalLine {
  const yes = made.verdict === 'approved'
  return {
    sign: yes ? '✓' : '✕',
    color: yes ? 'good' : 'attention',
    who: literal(made.by.name, 80),
    text: ` ${made.verdict}${prefix} · ${when(made.at, viewer)}`,
    comment: made.comment === undefined || made.comment.trim() === '' ? [] : [{ text: `“${literal(made.comment)}”` }],
  }
}

function passedOver({ name, why }: Stage['passedOver'][number], stage: Stage): ApprovalLine {
  const instead = stage.approvers.filter((a) => a.via === 'fallback').map((a) => literal(a.name, 80))
  const asked = instead.length > 3 ? `${instead.length} others` : listed(instead)
  const rest = asked === '' ? '' : `; ${asked} ${instead.length === 1 ? 'is' : 'are'} asked instead`
  return { ...QUIET, sign: '!', color: 'warning', who: literal(name, 80), text: ` ${PASSED_OVER_WORDS[why]}${rest}` }
}

const unreached = (name: string): ApprovalLine => ({
  ...QUIET,
  sign: '!',
  color: 'warning',
  who: literal(name, 80),
  text: ' has no card: the app is not installed or is blocked there',
})

function open(request: Request, stage: Stage, viewer: Viewer): ApprovalLine {
  const waiting = mayDecide(request, viewer) ? 'Your answer is needed' : statusText(request, viewer)
  const limit = stage.expiresAt === undefined ? '' : ` by ${when(stage.expiresAt, viewer)}; no answer means no`
  return { ...QUIET, who: waiting, text: limit }
}

const QUIET: ApprovalLine = { sign: '○', color: 'default', who: '', text: '', comment: [] }
