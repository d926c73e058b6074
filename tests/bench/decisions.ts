import { ids } from '../../services/sandbox/index.ts'
import { approval, message } from './activities.ts'
import { type Comparison, compare, type Pair } from './figures.ts'
import type { Child } from './children.ts'
import type { Shot, Volley } from './load.ts'
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

/** The first is not reported: the bots have heard thousands of messages by then, so as many clicks come before any counts. */
export const CLICKS: readonly Clicks[] = [
  { what: 'warming up', connections: 16, count: 600, later: true },
  { what: LATER, connections: 1, count: 200, later: true },
  { what: LATER, connections: 16, count: 320, later: true },
  { what: `${NOW}, a click every 0.6 s`, connections: 1, count: 40, pauseMs: 600, later: false },
  { what: `${NOW}, back to back`, connections: 1, count: 100, later: false },
  { what: `${NOW}, back to back`, connections: 16, count: 160, later: false },
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

/**
 * Every click decides another request. Against it stand the echo bot's own turn, a message that it repeats, and its fixed
 * answer to the very same clicks, for which it reads, writes and sends nothing. Each begins when all is quiet.
 */
export async function measureClicks(scene: Scene, clicks: Clicks, pending: readonly Pending[]): Promise<Decided> {
  const all = { ours: [] as Volley[], bare: [] as Volley[], fixed: [] as Volley[] }
  const size = Math.ceil(pending.length / (ROUNDS + 1))
  const { connections, pauseMs, what } = clicks
  for (let from = 0; from < pending.length; from += size) {
    const some = pending.slice(from, from + size)
    const clicked = some.map((request) => approval(scene.speak, ids.users.megan, request))
    const said = some.map(({ id }) => message(scene.speak, ids.users.megan, `approve ${id}`))
    const fireAt = async ({ url }: Child, activities: object[]): Promise<Volley> => {
      await scene.quiet()
      return scene.shooter.fire({ url, connections, activities, pauseMs })
    }
    all.bare.push(await fireAt(scene.echo, said))
    all.fixed.push(await fireAt(scene.echo, clicked))
    all.ours.push(await fireAt(scene.product, clicked))
  }
  // The first round warms up, as with messages.
  const pair: Pair = { ours: all.ours.slice(1), bare: all.bare.slice(1), fixed: all.fixed.slice(1) }
  return {
    comparison: compare({ what, connections, goal: GOAL }, pair),
    shots: all.ours.flatMap((v) => v.shots),
  }
}
