import type { Approver, Decision, Request, Stage } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { listed, literal } from './text.ts'
import { PASSED_OVER_WORDS } from './words.ts'

export interface ApprovalLine {
  sign: string
  color: 'good' | 'attention'
  who: string
  text: string
  comment: { text: string }[]
}

/** Who decided what, and who could not be asked: stage by stage, up to the one that is open. */
export function approvalLines(request: Request, viewer: Viewer): ApprovalLine[] {
  return request.stages.slice(0, request.stage + 1).flatMap((stage) => {
    const prefix = request.stages.length > 1 ? ` (${literal(stage.name, 40)})` : ''
    return [
      ...stage.passedOver.map((p) => passedOver(p, stage)),
      ...stage.approvers.filter((a) => isSilent(a, stage)).map((a) => unreached(a.name)),
      ...stage.decisions.map((d) => decision(d, prefix, viewer)),
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
  const instead = stage.approvers
    .filter((a) => a.via === 'fallback' && a.reached !== false)
    .map((a) => literal(a.name, 80))
  const asked = instead.length > 3 ? `${instead.length} others` : listed(instead)
  const rest = asked === '' ? '' : `; ${asked} ${instead.length === 1 ? 'is' : 'are'} asked instead`
  return { ...WARNING, who: literal(name, 80), text: ` ${PASSED_OVER_WORDS[why]}${rest}` }
}

/** Without a card, and not said yet among those who were passed over. */
const isSilent = (approver: Approver, stage: Stage): boolean =>
  approver.reached === false && !stage.passedOver.some((p) => p.why === 'not_reached' && p.name === approver.name)

const unreached = (name: string): ApprovalLine => ({
  ...WARNING,
  who: literal(name, 80),
  text: ' has no card: the app is not installed or is blocked there',
})

const WARNING: Pick<ApprovalLine, 'sign' | 'color' | 'comment'> = { sign: '!', color: 'attention', comment: [] }
