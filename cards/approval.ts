import type { Approver, Decision, PassedOver, Request, Stage } from '../services/requests/request.ts'
import type { Viewer } from './card.ts'
import { when } from './dates.ts'
import { openStage } from './status.ts'
import { listed, literal } from './text.ts'
import { PASSED_OVER_WORDS } from './words.ts'

export interface ApprovalLine {
  sign: string
  color: 'good' | 'attention' | 'accent' | 'default'
  who: string
  text: string
  comment: { text: string }[]
}

/** Who decided what, and who could not be asked, stage by stage; where there are several, which one it is at. */
export function approvalLines(request: Request, viewer: Viewer): ApprovalLine[] {
  const hasRounds = request.stages.length > 1
  return request.stages.flatMap((stage, i) => {
    const isLater = i > request.stage
    if (isLater) return request.status === 'pending' ? [round(stage, isLater)] : []
    const prefix = hasRounds ? ` (${literal(stage.name, 40)})` : ''
    return [
      ...stage.passedOver.map((p) => passedOver(p, stage)),
      ...stage.approvers.filter((a) => isSilent(a, stage)).map((a) => unreached(a.name)),
      ...stage.decisions.map((d) => decision(d, prefix, viewer)),
      ...(hasRounds && openStage(request) === stage ? [round(stage, isLater)] : []),
    ]
  })
}

/** A round that has not been decided: the one that is open, and those that come after it. */
const round = (stage: Stage, isLater: boolean): ApprovalLine => ({
  sign: isLater ? '○' : '◐',
  color: isLater ? 'default' : 'accent',
  who: literal(stage.name, 40),
  text: isLater ? ' is asked after that' : ' is asked now',
  comment: [],
})

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

function passedOver({ name, why }: PassedOver, stage: Stage): ApprovalLine {
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
