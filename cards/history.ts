import type { Card } from './card.ts'
import type { Moment } from './dates.ts'
import { when } from './dates.ts'
import { renderer, rowRenderer } from './render.ts'
import { literal, shortDigest } from './text.ts'
import template from './history.json' with { type: 'json' }
import row from './historyRow.json' with { type: 'json' }

export interface HistoryLine {
  seq: number
  at: Date
  /** Name of the person, or "Latchkey". */
  who: string
  /** A verb in words: "asked for", "approved". */
  kind: string
  /** What it was about: "New account Ada Lovelace". */
  what: string
  requestId?: string
  detail?: string
  /** Digest of the plan that was approved. */
  plan?: string
}

export interface HistoryView {
  title: string
  entries: readonly HistoryLine[]
  /** There are older ones. */
  hasMore?: boolean
  /** What is said where there is nothing. */
  empty?: string
  /** Last entry up to which the chain of hashes was walked and found whole. */
  verifiedUpTo?: number
  viewer: Moment
}

const render = renderer(template)
const renderRow = rowRenderer(row)

/** What happened, newest first, as recorded. */
export function historyCard({ title, entries, hasMore = false, empty, verifiedUpTo, viewer }: HistoryView): Card {
  const footer = [
    hasMore ? 'There are older entries: add a name or a request, as in “history ada”' : '',
    verifiedUpTo === undefined ? '' : `Chain verified up to entry ${verifiedUpTo}`,
  ].filter(Boolean)
  return render({
    title: literal(title, 120),
    empty: entries.length === 0 ? [{ text: empty ?? 'Nothing is recorded about this.' }] : [],
    rows: entries.map((e) =>
      renderRow({
        seq: `${e.seq}`,
        who: literal(e.who, 80),
        what: literal(`${e.kind} ${e.what}`, 200),
        small: small(e, viewer),
      }),
    ),
    footer: footer.length === 0 ? [] : [{ text: footer.join(' · ') }],
  })
}

const small = ({ at, requestId, plan, detail }: HistoryLine, viewer: Moment): string =>
  [when(at, viewer), requestId, plan && `plan ${shortDigest(plan)}`, detail]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => literal(part ?? '', 160))
    .join(' · ')
