import { historyCard, type HistoryLine } from '../../cards/history.ts'
import type { OperationName } from '../../services/operations/operation.ts'
import type { Role } from '../../services/approvals/policy.ts'
import { maySee } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import type { HistoryEntry, HistoryQuery } from '../../services/history/index.ts'
import { clean } from '../../services/operations/text.ts'
import { isId } from '../../services/requests/id.ts'
import type { Deps } from '../deps.ts'
import { HISTORY_WORDS, OPERATION_NOUNS, STEP_WORDS } from '../historyWords.ts'
import { sendCard, type Turn } from '../turn.ts'
import type { Command } from './command.ts'

const SHOWN = 20

/** `history`, `history ada`, `history LK-7F3K`, `history verify`. */
export const history: Command = {
  name: 'history',
  aliases: ['log', 'audit'],
  async run(deps, turn, typed) {
    const rest = clean(typed).slice(0, LONGEST)
    if (rest.toLowerCase() === 'verify') return void (await turn.context.sendActivity(await verify(deps, turn)))
    const found = await deps.history.search({ ...(await queryFor(deps, turn, rest)), limit: SHOWN + 1 })
    const entries = found.slice(0, SHOWN).map(toLine)
    const title = rest === '' ? 'History' : `History: ${rest}`
    await sendCard(turn, historyCard({ title, entries, more: found.length - entries.length, viewer: turn }))
  },
}

/** Names are no longer, and a pattern that is much longer is refused by MongoDB. */
const LONGEST = 300

/** The helpdesk and administrators see everything; others see what they took part in. */
async function queryFor(deps: Deps, turn: Turn, rest: string): Promise<HistoryQuery> {
  const roles = await deps.roles.of(turn.actor.id)
  if (isId(rest)) {
    const request = await deps.requests.get(rest, turn.actor)
    return maySee(request, turn.actor, roles) ? { requestId: request._id } : { actorId: turn.actor.id }
  }
  return { ...(rest === '' ? {} : { text: rest }), ...(seesAll(roles) ? {} : { actorId: turn.actor.id }) }
}

const seesAll = (roles: ReadonlySet<Role>): boolean => roles.has('helpdesk') || roles.has('admin')

/** @throws Refusal `not_helpdesk`: it walks the whole history, which is for those who may read it. */
async function verify(deps: Deps, turn: Turn): Promise<string> {
  if (!seesAll(await deps.roles.of(turn.actor.id))) throw new Refusal('not_helpdesk')
  const verdict = await deps.history.verify()
  return verdict.ok
    ? `The history is whole: ${verdict.entries} entries, each linked to the one before. Head: ${verdict.head?.slice(0, 16) ?? 'none'}.`
    : `**The history was tampered with.** Entry ${verdict.brokenAt} is the first that does not fit (${verdict.reason}). Keep the database as it is and call your security team.`
}

function toLine(entry: HistoryEntry): HistoryLine {
  const digest = textIn(entry, 'digest')
  const detail = ['name', 'comment', 'reason', 'status', 'steps']
    .map((key) => textIn(entry, key))
    .find((t) => t !== undefined)
  return {
    seq: entry.seq,
    at: entry.at,
    who: entry.actor.kind === 'person' ? entry.actor.name : 'Latchkey',
    ...wordsFor(entry),
    ...(entry.requestId ? { requestId: entry.requestId } : {}),
    ...(digest ? { plan: digest } : {}),
    ...(detail ? { detail } : {}),
  }
}

function wordsFor(entry: HistoryEntry): { kind: string; what: string } {
  const kind = HISTORY_WORDS[entry.kind]
  const subject = entry.subject?.name ?? ''
  if (entry.kind === 'step.finished') {
    const step = [textIn(entry, 'step'), textIn(entry, 'after')].filter(Boolean).join(': ')
    return { kind: STEP_WORDS[textIn(entry, 'outcome') ?? ''] ?? kind, what: step }
  }
  if (!entry.kind.startsWith('request.') && entry.kind !== 'approver.not_reached') return { kind, what: subject }
  const operation = textIn(entry, 'operation') as OperationName | undefined
  return { kind, what: `${operation ? OPERATION_NOUNS[operation] : 'request about'} ${subject}` }
}

function textIn(entry: HistoryEntry, key: string): string | undefined {
  const value = entry.data[key]
  return value === undefined || value === null || value === '' ? undefined : String(value)
}
