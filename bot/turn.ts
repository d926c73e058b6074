import type { Activity, TurnContext } from 'botbuilder'
import { CardFactory, MessageFactory } from 'botbuilder'
import { IANAZone } from 'luxon'
import { z } from 'zod'
import type { Card, Viewer } from '../cards/card.ts'
import type { Person, Request } from '../services/requests/request.ts'
import { isApprover, isRequester } from '../services/approvals/rules.ts'
import type { Deps } from './deps.ts'

/** One turn, with everything about its speaker settled: after this, a handler has an actor and needs no re-check. */
export interface Turn {
  /** Gone when the turn has been answered for; what was said stays in `activity`. */
  context: TurnContext
  activity: Activity
  actor: Person
  timeZone: string
  locale: string
  now: Date
  /** After this nobody sees the answer any more. */
  answerBy: Date
}

const clientInfo = z.object({ type: z.literal('clientInfo'), timezone: z.string() })

/** Teams tells the zone in an entity and in `localTimezone`. @see learn: microsoftteams/platform/bots, "clientInfo" */
export function toldTimeZone(activity: Activity): string | undefined {
  const entities = (activity.entities ?? []).flatMap((entity) => {
    const parsed = clientInfo.safeParse(entity)
    return parsed.success ? [parsed.data.timezone] : []
  })
  return [activity.localTimezone, ...entities].find((zone) => zone && IANAZone.create(zone).isValid)
}

export const timeZoneOf = (activity: Activity): string => toldTimeZone(activity) ?? 'UTC'

/** @throws Refusal `other_tenant`, `unknown_person` */
export async function turnOf(deps: Deps, context: TurnContext): Promise<Turn> {
  const { activity } = context
  const answerBy = new Date(deps.clock.now().getTime() + deps.answerMs)
  return {
    context,
    activity,
    answerBy,
    actor: await deps.actors.of(activity),
    timeZone: timeZoneOf(activity),
    locale: activity.locale ?? 'en-GB',
    now: deps.clock.now(),
  }
}

export const roleOf = (request: Request, person: { id: string }): Viewer['role'] => {
  if (isRequester(request, person)) return 'requester'
  return isApprover(request, person) ? 'approver' : 'other'
}

export const viewerOf = (turn: Turn, request: Request): Viewer => ({
  person: { id: turn.actor.id },
  role: roleOf(request, turn.actor),
  timeZone: turn.timeZone,
  locale: turn.locale,
  now: turn.now,
})

export const isPersonal = (activity: Activity): boolean =>
  activity.conversation?.conversationType === 'personal' || activity.conversation?.conversationType === undefined

export const cardMessage = (card: Card): Partial<Activity> => MessageFactory.attachment(CardFactory.adaptiveCard(card))

export const sendCard = (turn: Turn, card: Card) => turn.context.sendActivity(cardMessage(card))
