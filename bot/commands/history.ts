import { historyCard, type HistoryLine } from '../../cards/history.ts'
import { recordedReason } from '../../cards/words.ts'
import type { OperationName } from '../../services/operations/operation.ts'
import { seesAll } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import type { HistoryEntry, HistoryQuery } from '../../services/history/index.ts'
import { clean } from '../../services/operations/text.ts'
import { isId } from '../../services/requests/id.ts'
import type { Deps } from '../deps.ts'
import { ENDING_WORDS, HISTORY_WORDS, OPERATION_NOUNS, STEP_WORDS } from '../historyWords.ts'
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
    const query = await queryFor(deps, turn, rest)
    const found = await deps.history.search({ ...query, limit: SHOWN + 1 })
    const entries = found.slice(0, SHOWN).map(toLine)
    const title = rest === '' ? 'History' : `History: ${rest}`
    const view = { title, entries, hasMore: found.length > SHOWN, viewer: turn, ...emptyFor(query) }
    await sendCard(turn, historyCard(view))
  },
}

/** Names are no longer, and a pattern that is much longer is refused by MongoDB. */
const LONGEST = 300

/** The helpdesk and administrators see everything; others see what they took part in. */
async function queryFor(deps: Deps, turn: Turn, rest: string): Promise<HistoryQuery> {
  if (isId(rest)) return { requestId: (await deps.requests.get(rest, turn.actor))._id }
  const roles = await deps.roles.of(turn.actor.id)
  return { ...(rest === '' ? {} : { text: rest }), ...(seesAll(roles) ? {} : { actorId: turn.actor.id }) }
}

/** What nobody took part in may well be recorded: it must not sound as if it had not happened. */
function emptyFor(query: HistoryQuery): { empty?: string } {
  if (query.actorId !== undefined) return { empty: 'Nothing is recorded that you took part in.' }
  return Object.keys(query).length === 0 ? { empty: 'Nothing is recorded yet.' } : {}
}

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
  const detail = detailOf(entry)
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

/** The one thing more that is worth a glance; codes are for the database. */
function detailOf(entry: HistoryEntry): string | undefined {
  const [reason, status] = [textIn(entry, 'reason'), textIn(entry, 'status')]
  const isCode = entry.kind === 'step.finished' || entry.kind === 'request.finished'
  return (
    textIn(entry, 'name') ??
    textIn(entry, 'comment') ??
    (reason && isCode ? recordedReason(reason, textIn(entry, 'graphCode')) : reason) ??
    (status && (ENDING_WORDS[status] ?? status)) ??
    textIn(entry, 'steps')
  )
}

const ABOUT_A_REQUEST = /^(request|approver|decision)\./

function wordsFor(entry: HistoryEntry): { kind: string; what: string } {
  const kind = HISTORY_WORDS[entry.kind]
  const subject = entry.subject?.name ?? ''
  if (entry.kind === 'step.finished') {
    const step = [textIn(entry, 'step'), textIn(entry, 'after')].filter(Boolean).join(': ')
    return { kind: STEP_WORDS[textIn(entry, 'outcome') ?? ''] ?? kind, what: step }
  }
  if (entry.kind === 'step.ticked') return { kind, what: `${textIn(entry, 'step') ?? 'a step'} for ${subject}` }
  if (!ABOUT_A_REQUEST.test(entry.kind)) return { kind, what: subject }
  const operation = textIn(entry, 'operation') as OperationName | undefined
  return { kind, what: `${operation ? OPERATION_NOUNS[operation] : 'request about'} ${subject}` }
}

function textIn(entry: HistoryEntry, key: string): string | undefined {
  const value = entry.data[key]
  return value === undefined || value === null || value === '' ? undefined : String(value)
}
