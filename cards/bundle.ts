import type { Row } from './plan.ts'

/** Up to here every step has a row of its own. */
const MANY = 30

/**
 * Of a long plan, neighbours of which the same can be said become one row that names them all: somebody in a hundred
 * groups still gets one card that Teams delivers (Microsoft advises to stay below 80 KB), with nothing left out.
 */
export function bundled(rows: Row[]): Row[] {
  if (rows.length <= MANY) return rows
  return rows.reduce<Row[]>((kept, row) => {
    const last = kept.at(-1)
    return last && isAlike(last, row) ? [...kept.slice(0, -1), joined(last, row)] : [...kept, row]
  }, [])
}

const isAlike = (a: Row, b: Row): boolean => saidOf(a) === saidOf(b)

/** All that a row says but its names; what changes from one thing to another stays alone. */
const saidOf = ({ title, sign, notes, before, after, arrow }: Row): string =>
  JSON.stringify([title, sign, notes, before.length, after.length, arrow.length === 0 ? '' : [before, after]])

const joined = (a: Row, b: Row): Row => ({
  ...a,
  before: a.before.map((piece, i) => ({ ...piece, text: `${piece.text}, ${b.before[i]?.text ?? ''}` })),
  after: a.after.map((piece, i) => ({ ...piece, text: `${piece.text}, ${b.after[i]?.text ?? ''}` })),
})
