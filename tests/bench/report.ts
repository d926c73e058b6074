import type { Comparison } from './figures.ts'
import type { StartUp } from './startUp.ts'
import type { Turns } from './turns.ts'

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
const times = (value: number): string => `${value.toFixed(2)}x`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [line(head), widths.map((w) => '-'.repeat(w)).join('  '), ...rows.map(line)].join('\n')
}

const rowOf = (c: Comparison): string[] => [
  c.what,
  String(c.connections),
  String(c.ours.n),
  ms(c.bare.p50),
  ms(c.ours.p50),
  times(c.ratio),
  `${c.rounds.lowest.toFixed(2)}-${c.rounds.highest.toFixed(2)}`,
  c.goal === undefined ? '' : `${times(c.goal)} ${c.ratio <= c.goal ? 'met' : 'missed'}`,
  c.fixed ? ms(c.fixed.figures.p50) : '',
  c.fixed ? times(c.fixed.ratio) : '',
  ms(c.bare.p95),
  ms(c.ours.p95),
  c.bare.perSecond.toFixed(0),
  c.ours.perSecond.toFixed(0),
]

const HEAD = 'turn|conn|n|echo p50|p50|ratio|by round|goal|fixed p50|ratio|echo p95|p95|echo/s|/s'.split('|')

export const turnsText = ({ store, comparisons, story, backlog }: Turns): string =>
  [
    `Turns on the ${store}, in milliseconds, against a bare botbuilder echo bot in the same run. The workers run as usual.`,
    table(HEAD, comparisons.map(rowOf)),
    'Echo: its own turn, a message that it repeats. Fixed: the same bot answers the very same clicks with a fixed card; it reads, writes and sends nothing.',
    `From the click on Approve to done (account, manager, two groups, licence, pass, each read back; tenant on loopback): ` +
      `p50 ${ms(story.p50)} ms, p95 ${ms(story.p95)} ms, n ${story.n}.`,
    `A backlog at the start: ${backlog.cards} cards in ${(backlog.ms / 1000).toFixed(0)} s, ${(backlog.cards / (backlog.ms / 1000)).toFixed(0)} a second.`,
  ].join('\n')

const START_GOAL = 1.5

export const startUpText = (rows: readonly StartUp[]): string =>
  [
    `Start-up until /readyz answers, against a process that only loads teams-ai and botbuilder. Medians; goal ${times(START_GOAL)}.`,
    table(
      ['start', 'ms', 'ratio', 'MiB', 'ratio'],
      rows.map((r) => [r.what, ms(r.ms), times(r.msRatio), r.mib.toFixed(0), times(r.mibRatio)]),
    ),
  ].join('\n')
