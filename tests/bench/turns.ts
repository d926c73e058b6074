import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../services/clock.ts'
import { createHistory } from '../../services/history/index.ts'
import { type Request, REQUESTS } from '../../services/requests/index.ts'
import { ids } from '../../services/sandbox/index.ts'
import type { Store } from '../../services/store/store.ts'
import { SECRET_KEY } from '../support/harness.ts'
import { atLast } from './atLast.ts'
import type { Base } from './bases.ts'
import { CLICKS, type Decided, measureClicks, wantedFor } from './decisions.ts'
import { type Comparison, median, quantile } from './figures.ts'
import { measureMessages, warmUp } from './messages.ts'
import { askFor, type Pending } from './prepare.ts'
import { type Backlog, type Scene, setScene, startSandbox } from './scene.ts'

export interface Turns {
  store: string
  comparisons: Comparison[]
  backlog: Backlog
  /** From the click on Approve to status done, in milliseconds. */
  story: { n: number; p50: number; p95: number }
}

/** It takes minutes: says where it is. */
const step = (what: string): void => console.warn(`  ${new Date().toISOString().slice(11, 19)} ${what}`)

/** @throws Error when a turn failed, or a request was not decided exactly once and brought to its end */
export async function measureTurns(base: Base): Promise<Turns> {
  const sandbox = await startSandbox()
  try {
    const store = await base.open()
    const ask = await askFor(store, sandbox.url)
    await ask({ batch: 'few', count: 8, asker: ids.users.isaiah, startDate: '' })
    const batches: Pending[][] = []
    step('asking')
    for (const [i, clicks] of CLICKS.entries()) batches.push(await ask(wantedFor(clicks, `c${i}x`)))
    await store.close()

    step('starting')
    const scene = await setScene(base, sandbox)
    const { comparisons, decided } = await atLast(measure(scene, batches), scene.stop)
    const reopened = await base.open()
    const requests = await atLast(requireDecidedOnce(reopened, batches), reopened.close)
    return { store: base.name, comparisons, backlog: scene.backlog, story: storyOf({ requests, batches, decided }) }
  } finally {
    await sandbox.stop()
  }
}

async function measure(scene: Scene, batches: Pending[][]) {
  step('warming up')
  await warmUp(scene)
  step('messages')
  const messages = [...(await measureMessages(scene, 1)), ...(await measureMessages(scene, 16))]
  const decided: Decided[] = []
  for (const [i, clicks] of CLICKS.entries()) {
    step(`${clicks.what}, ${clicks.connections} at a time`)
    decided.push(await measureClicks(scene, clicks, batches[i] ?? []))
  }
  const comparisons = [...messages, ...decided.slice(1).map((d) => d.comparison)]
  const failed = comparisons.find((c) => c.ours.failed + c.bare.failed + (c.fixed?.figures.failed ?? 0) > 0)
  if (failed)
    throw new Error(`Turns failed at "${failed.what}": ours ${failed.ours.failed}, bare ${failed.bare.failed}.`)
  await untilDone(scene)
  return { comparisons, decided }
}

const MOST_LOOKS = 120

async function untilDone(scene: Scene): Promise<void> {
  const wanted = CLICKS.filter((c) => !c.later).reduce((sum, c) => sum + c.count, 0)
  for (let i = 0; i < MOST_LOOKS; i += 1) {
    if ((await scene.countOf('done')) === wanted) return scene.quiet()
    await sleep(500)
  }
  throw new Error('What was approved does not come to an end.')
}

async function requireDecidedOnce(store: Store, batches: Pending[][]): Promise<Map<string, Request>> {
  const collection = await store.collection<Request>(REQUESTS)
  const all = new Map((await collection.find({})).map((request) => [request._id, request]))
  for (const [i, { later, what }] of CLICKS.entries()) {
    for (const { id } of batches[i] ?? []) {
      const request = all.get(id)
      const decisions = request?.stages.flatMap((stage) => stage.decisions) ?? []
      if (decisions.length !== 1 || request?.status !== (later ? 'scheduled' : 'done'))
        throw new Error(`${what}: ${id} has ${decisions.length} decisions and is ${request?.status}.`)
    }
  }
  const history = await createHistory({ store, clock: systemClock, key: SECRET_KEY })
  const verdict = await history.verify()
  if (!verdict.ok) throw new Error(`History is damaged: ${JSON.stringify(verdict)}`)
  return all
}

interface Ended {
  requests: Map<string, Request>
  batches: Pending[][]
  decided: Decided[]
}

/** Of the unhurried clicks, which come one by one, so that the order tells which is which. */
function storyOf({ requests, batches, decided }: Ended): Turns['story'] {
  const i = CLICKS.findIndex((clicks) => clicks.pauseMs !== undefined)
  const took = (batches[i] ?? []).flatMap(({ id }, k) => {
    const [end, shot] = [requests.get(id)?.endedAt, decided[i]?.shots[k]]
    return end && shot ? [end.getTime() - shot.at] : []
  })
  return { n: took.length, p50: median(took), p95: quantile(took, 0.95) }
}
