/** A value that has its place in MongoDB's order: what is absent or null, numbers, text, booleans, dates. */
export interface Ranked {
  rank: number
  value: string | number | boolean
}

/** undefined for lists and objects, which have an order of their own. */
export function ranked(value: unknown): Ranked | undefined {
  if (value === null || value === undefined) return { rank: NOTHING, value: 0 }
  if (typeof value === 'number') return { rank: 1, value }
  if (typeof value === 'string') return { rank: 2, value }
  if (typeof value === 'boolean') return { rank: 3, value }
  return value instanceof Date ? { rank: 4, value: value.getTime() } : undefined
}

export const NOTHING = 0

export function inOrder(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
}
