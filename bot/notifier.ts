import type { ConversationReference } from 'botbuilder'
import { requestCard } from '../cards/request.ts'
import type { Clock } from '../services/clock.ts'
import { openStage } from '../services/approvals/rules.ts'
import type { Announce, Request, Requests } from '../services/requests/index.ts'
import { isEnded } from '../services/requests/status.ts'
import type { Collection } from '../services/store/store.ts'
import type { Worker, WorkerOptions } from '../services/worker/worker.ts'
import { createWorker } from '../services/worker/worker.ts'
import { audienceOf } from './audience.ts'
import type { Conversation, Conversations } from './conversations.ts'
import type { Copy } from './copies.ts'
import { NotReachable, type Teams } from './teams.ts'
import { roleOf } from './turn.ts'

export interface NotifierDeps {
  copies: Collection<Copy>
  requests: Collection<Request>
  conversations: Conversations
  teams: Teams
  clock: Clock
  /** Tells whether an approver's card arrived. */
  reached(told: Parameters<Requests['notReached']>[0]): Promise<void>
  onError(error: unknown, copyId: string | undefined): void
  /** At most one update of a copy in this time, in milliseconds: a chat takes seven messages a second. */
  gapMs?: number
  worker?: Pick<WorkerOptions<Copy>, 'alone' | 'courtesy' | 'pollMs' | 'leaseMs'>
}

export interface Notifier extends Worker {
  announce: Announce
  /** This person can be written to now: deliver what could not be delivered before. */
  arrived(personId: string): Promise<void>
  /** A card that was sent or answered within a turn: from now on it is kept up to date. */
  adopt(copy: Pick<Copy, 'requestId' | 'personId' | 'reference' | 'activityId' | 'shown'>): Promise<void>
  /** This person's card in this message shows a secret: leave it alone for as long as it takes to copy it. */
  hold(shown: Pick<Copy, 'requestId' | 'personId'> & { activityId: string | undefined }): Promise<void>
  /** Paint this person's copies anew, whatever they show. */
  refresh(requestId: string, personId: string): Promise<void>
}

const HOLD_MS = 120_000

/** Where the notifier finds the card that the request was asked on. */
export interface Origin {
  reference: Partial<ConversationReference>
  activityId?: string
}

/** Delivers cards nobody's turn asked for, and keeps every copy of a request's card as the request is. */
export function createNotifier(deps: NotifierDeps): Notifier {
  const { copies, clock } = deps
  const worker: Worker = createWorker({
    collection: copies,
    clock,
    advance: (copy) => deliver({ ...deps, wake: worker.wake }, copy),
    onError: (error, copy) => deps.onError(error, copy?._id),
    ...deps.worker,
  })
  const due = (query: Record<string, unknown>) => copies.updateMany(query, { $set: { dueAt: clock.now() } })

  return {
    ...worker,
    async announce(request) {
      const now = clock.now()
      const known = new Set((await copies.find({ requestId: request._id })).map((copy) => copy._id))
      for (const { personId, role } of audienceOf(request)) {
        const _id = `${request._id}:${personId}`
        if (known.has(_id)) continue
        const origin = role === 'requester' ? (request.origin as Origin | undefined) : undefined
        const fresh = { requestId: request._id, personId, role, ...origin, shown: -1, dueAt: now, lease: null }
        await copies.update({ _id }, { $setOnInsert: fresh }, { upsert: true })
      }
      await due({ requestId: request._id, $or: [{ holdUntil: null }, { holdUntil: { $lte: now } }] })
      worker.wake()
    },
    async arrived(personId) {
      await due({ personId, shown: -1 })
      worker.wake()
    },
    async adopt(copy) {
      const _id = `${copy.requestId}:${copy.personId}:${copy.activityId ?? ''}`
      const set = { ...copy, role: 'other' as const, dueAt: clock.now(), lease: null }
      await copies.update({ _id }, { $set: set }, { upsert: true })
      worker.wake()
    },
    async hold({ requestId, personId, activityId }) {
      const until = new Date(clock.now().getTime() + HOLD_MS)
      if (activityId)
        await copies.updateMany({ requestId, personId, activityId }, { $set: { holdUntil: until, dueAt: until } })
    },
    async refresh(requestId, personId) {
      const anew = { $set: { shown: -1, dueAt: clock.now() }, $unset: { holdUntil: '' } }
      await copies.updateMany({ requestId, personId, shown: { $gte: 0 } }, anew)
      worker.wake()
    },
  }
}

const GAP_MS = 700

interface Delivery extends NotifierDeps {
  wake: Worker['wake']
}

async function deliver(deps: Delivery, copy: Copy): Promise<void> {
  const now = deps.clock.now()
  const request = await deps.requests.get(copy.requestId)
  if (!request || copy.shown >= request.version) return settle(deps, copy, { dueAt: null })
  const notBefore = new Date((copy.shownAt?.getTime() ?? 0) + (deps.gapMs ?? GAP_MS))
  if (notBefore > now && !isEnded(request.status)) return settle(deps, copy, { dueAt: notBefore })

  const conversation = await deps.conversations.get(copy.personId)
  const reference = copy.reference ?? conversation?.reference
  const isNews = copy.activityId !== undefined || isWorthSending(request, copy.personId)
  if (!isNews) return settle(deps, copy, { dueAt: null })
  if (!reference) return conversation ? settle(deps, copy, { dueAt: null }) : unreached(deps, copy)
  const shown = { request, copy, conversation, reference, now }
  try {
    const activityId = await show(deps, shown)
    await settle(deps, copy, { activityId, shown: request.version, shownAt: now, ...reminded(request) })
    if (copy.shown < 0) await deps.reached({ id: request._id, personId: copy.personId, reached: true })
  } catch (error) {
    if (!(error instanceof NotReachable)) throw error
    await unreached(deps, copy)
  }
}

/** Nobody is shown a card for the first time when there is nothing left for them to do or to know. */
const isWorthSending = (request: Request, personId: string): boolean =>
  audienceOf(request).some((a) => a.personId === personId) &&
  (isUndecided(request) || request.requester.id === personId || request.secret !== undefined)

const isUndecided = (request: Request): boolean =>
  request.status === 'pending' && openStage(request)?.verdict === undefined

interface Shown {
  request: Request
  copy: Copy
  conversation: Conversation | undefined
  reference: Partial<ConversationReference>
  now: Date
}

async function show(deps: Delivery, { request, copy, conversation, reference, now }: Shown): Promise<string> {
  const card = requestCard(request, {
    person: { id: copy.personId },
    role: roleOf(request, { id: copy.personId }),
    timeZone: conversation?.timeZone ?? request.timeZone,
    locale: conversation?.locale ?? 'en-GB',
    now,
  })
  // A reminder is a new message: an update makes no sound.
  const isReminder =
    reminderOf(request)?.getTime() !== copy.remindedAt?.getTime() &&
    roleOf(request, { id: copy.personId }) === 'approver'
  const replaced =
    copy.activityId !== undefined && !isReminder && (await deps.teams.update(reference, copy.activityId, card))
  return replaced && copy.activityId ? copy.activityId : deps.teams.send(reference, card)
}

const reminderOf = (request: Request): Date | undefined => request.stages[request.stage]?.remindedAt

const reminded = (request: Request): Partial<Copy> => {
  const remindedAt = reminderOf(request)
  return remindedAt ? { remindedAt } : {}
}

/** Notes what was done. Without a `dueAt` nothing is left to do, unless the request moved on meanwhile. */
async function settle(deps: Delivery, copy: Copy, set: Partial<Copy>): Promise<void> {
  const dueAt = set.dueAt === undefined ? await dueAfter(deps, copy.requestId, set.shown ?? -1) : set.dueAt
  const held = { _id: copy._id, 'lease.owner': copy.lease?.owner }
  const settled = await deps.copies.update({ ...held, dueAt: copy.dueAt }, { $set: { ...set, dueAt, lease: null } })
  if (settled) return deps.wake(dueAt)
  // Made due while it was in hand: there is news, or it is held back. What was done is noted, its clock is left alone.
  const { dueAt: _theirs, ...done } = set
  await deps.copies.update(held, { $set: { ...done, lease: null } })
}

async function dueAfter(deps: Delivery, requestId: string, shown: number): Promise<Date | null> {
  const current = await deps.requests.get(requestId)
  return (current?.version ?? 0) > shown ? deps.clock.now() : null
}

async function unreached(deps: Delivery, copy: Copy): Promise<void> {
  // As if never shown, so that it comes as soon as this person can be written to again.
  await settle(deps, copy, { dueAt: null, shown: -1 })
  await deps.reached({ id: copy.requestId, personId: copy.personId, reached: false })
}
