import { ids } from '../../services/sandbox/index.ts'
import { approval } from './activities.ts'
import { type Comparison, compare, type Pair } from './figures.ts'
import type { Shot } from './load.ts'
import type { Pending, Wanted } from './prepare.ts'
import type { Scene } from './scene.ts'

const GOAL = 2
const ROUNDS = 4

export interface Clicks {
  what: string
  connections: number
  count: number
  pauseMs?: number
  /** The accounts are made on another day: the decision by itself. Otherwise its worker runs beside the next click. */
  later: boolean
}

const LATER = 'approve, account made another day'
const NOW = 'approve, account made at once'

export const CLICKS: readonly Clicks[] = [
  { what: LATER, connections: 1, count: 120, later: true },
  { what: LATER, connections: 16, count: 240, later: true },
  { what: `${NOW}, a click every 0.6 s`, connections: 1, count: 24, pauseMs: 600, later: false },
  { what: `${NOW}, back to back`, connections: 1, count: 48, later: false },
  { what: `${NOW}, back to back`, connections: 16, count: 128, later: false },
]

const DAY_MS = 86_400_000

export const wantedFor = ({ count, later }: Clicks, batch: string): Wanted => ({
  batch,
  count,
  asker: ids.users.alex,
  startDate: later ? new Date(Date.now() + 7 * DAY_MS).toISOString().slice(0, 10) : '',
})

export interface Decided {
  comparison: Comparison
  /** One for each pending request, in their order (of one connection; of several, roughly). */
  shots: Shot[]
}

/** Every click decides another request. The bare bot gets the very same clicks; both begin when all is quiet. */
export async function measureClicks(scene: Scene, clicks: Clicks, pending: readonly Pending[]): Promise<Decided> {
  const pair: Pair = { ours: [], bare: [] }
  const size = Math.ceil(pending.length / ROUNDS)
  const { connections, pauseMs, what } = clicks
  for (let from = 0; from < pending.length; from += size) {
    const some = pending.slice(from, from + size)
    const activities = some.map((request) => approval(scene.speak, ids.users.megan, request))
    await scene.quiet()
    pair.bare.push(await scene.shooter.fire({ url: scene.echo.url, connections, activities, pauseMs }))
    await scene.quiet()
    pair.ours.push(await scene.shooter.fire({ url: scene.product.url, connections, activities, pauseMs }))
  }
  return {
    comparison: compare({ what, connections, goal: GOAL }, pair),
    shots: pair.ours.flatMap((v) => v.shots),
  }
}
