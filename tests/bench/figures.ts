import type { Volley } from './load.ts'

/** The p-th quantile by nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export interface Figures {
  n: number
  p50: number
  p95: number
  /** Answered turns a second. */
  perSecond: number
  failed: number
}

export function figuresOf(volleys: readonly Volley[]): Figures {
  const shots = volleys.flatMap((v) => v.shots)
  const ms = shots.map((s) => s.ms)
  const seconds = volleys.reduce((sum, v) => sum + v.ms, 0) / 1000
  return {
    n: shots.length,
    p50: median(ms),
    p95: quantile(ms, 0.95),
    perSecond: shots.length / seconds,
    failed: shots.filter((s) => !s.ok).length,
  }
}

/** One thing measured against another in the same run; `rounds` is the ratio of each round by itself. */
export interface Comparison {
  what: string
  connections: number
  ours: Figures
  bare: Figures
  ratio: number
  rounds: { lowest: number; highest: number }
  goal?: number
  /** The echo bot once more, answering the very same clicks with a fixed card; and the ratio to that. */
  fixed?: { figures: Figures; ratio: number }
}

export interface Pair {
  ours: Volley[]
  bare: Volley[]
  fixed?: Volley[]
}

export function compare(about: { what: string; connections: number; goal?: number }, pair: Pair): Comparison {
  const { ours, bare } = pair
  const [a, b] = [figuresOf(ours), figuresOf(bare)]
  const fixed = pair.fixed && figuresOf(pair.fixed)
  const ratios = ours.map((volley, i) => figuresOf([volley]).p50 / figuresOf(bare.slice(i, i + 1)).p50)
  return {
    ...about,
    ours: a,
    bare: b,
    ratio: a.p50 / b.p50,
    rounds: { lowest: Math.min(...ratios), highest: Math.max(...ratios) },
    ...(fixed ? { fixed: { figures: fixed, ratio: a.p50 / fixed.p50 } } : {}),
  }
}
