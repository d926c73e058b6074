import { setTimeout as sleep } from 'node:timers/promises'
import { ids } from '../../services/sandbox/index.ts'
import { SECRET_KEY } from '../support/harness.ts'
import { message, type Speak, speakVia } from './activities.ts'
import type { Base } from './bases.ts'
import { ECHO, PRODUCT } from './built.ts'
import { type Child, startChild, TSX } from './children.ts'
import { type Shooter, startShooter } from './shooter.ts'

/** The two bots and what stands around them, each in a process of its own. */
export interface Scene {
  product: Child
  echo: Child
  shooter: Shooter
  speak: Speak
  /** What was on its way to somebody when the product started: how many cards, and how long until the last was there. */
  backlog: Backlog
  /** Resolves when no bot has anything left to do or to tell Teams. */
  quiet(): Promise<void>
  /** How many requests are in this status, as `/metrics` says. */
  countOf(status: string): Promise<number>
  stop(): Promise<void>
}

export interface Backlog {
  cards: number
  ms: number
}

export const startSandbox = (): Promise<Child> =>
  startChild({ args: [...TSX, 'services/sandbox/main.ts'], env: { SANDBOX_PORT: '0' } })

/** The product's own entry, as `npm start` runs it without the practice windows. */
export const PRODUCT_ENV = {
  PLAYGROUND: 'off',
  PORT: '0',
  NODE_ENV: 'development',
  SECRET_KEY: SECRET_KEY.toString('base64'),
}

export async function setScene(base: Base, sandbox: Child): Promise<Scene> {
  const env = { ...PRODUCT_ENV, ...base.env, GRAPH_BASE_URL: sandbox.url }
  const [product, echo, connector] = await Promise.all([
    startChild({ args: PRODUCT, env }),
    startChild({ args: ECHO }),
    startChild({ args: [...TSX, 'tests/bench/connector.ts'] }),
  ])
  const shooter = startShooter()
  const speak = speakVia(connector.url)
  const quiet = async () => void (await untilQuiet({ connector, product }))
  const { alex, isaiah, megan } = ids.users
  const activities = [alex, isaiah, megan].map((as) => message(speak, as, 'help'))
  const began = performance.now()
  await shooter.fire({ url: product.url, connections: 1, activities })
  const rest = await untilQuiet({ connector, product })
  return {
    product,
    echo,
    shooter,
    speak,
    backlog: { cards: rest.taken, ms: rest.since - began },
    quiet,
    async countOf(status) {
      const text = await (await fetch(`${product.url}/metrics`)).text()
      return Number(new RegExp(`^latchkey_requests\\{status="${status}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
    },
    async stop() {
      shooter.stop()
      for (const child of [product, echo, connector]) await child.stop()
    },
  }
}

/** Longer than the shortest time between two updates of one card. */
const QUIET_MS = 1_200
const MOST_LOOKS = 300

/** @returns how many cards had been sent by then, and when that was first seen */
async function untilQuiet({ connector, product }: { connector: Child; product: Child }) {
  let before = -1
  let since = 0
  for (let i = 0; i < MOST_LOOKS; i += 1) {
    const { taken } = (await (await fetch(connector.url)).json()) as { taken: number }
    const metrics = await (await fetch(`${product.url}/metrics`)).text()
    if (taken === before && !/^latchkey_due\{.*\} [1-9]/m.test(metrics)) return { taken, since }
    if (taken !== before) since = performance.now()
    before = taken
    await sleep(QUIET_MS)
  }
  throw new Error('The bots do not come to rest.')
}
