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

const isAlike = (a: Row, b: Row): boolean =>
  a.title === b.title &&
  a.sign === b.sign &&
  isPlain(a) &&
  isPlain(b) &&
  a.before.length === b.before.length &&
  a.after.length === b.after.length

/** Nothing to say but what it is: no change from one thing to another, and no outcome in words. */
const isPlain = (row: Row): boolean => row.arrow.length === 0 && row.notes.length === 0

const joined = (a: Row, b: Row): Row => ({
  ...a,
  before: a.before.map((piece, i) => ({ ...piece, text: `${piece.text}, ${b.before[i]?.text ?? ''}` })),
  after: a.after.map((piece, i) => ({ ...piece, text: `${piece.text}, ${b.after[i]?.text ?? ''}` })),
})
