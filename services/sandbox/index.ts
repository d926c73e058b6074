import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, type Exchange } from './app.ts'
import { createFaults } from './faults.ts'
import { createRouter } from './router.ts'
import { routes } from './routes/index.ts'
import { ids } from './seed/ids.ts'
import { seedTenant } from './seed/index.ts'
import { createWriteBucket } from './throttle.ts'
import type { World } from './dispatch.ts'

export type { Exchange } from './app.ts'
export { ids } from './seed/ids.ts'

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number
  host?: string
  now?: () => Date
  /** How long a new user or group stays invisible to reads, ms. */
  replicationDelayMs?: number
  /** Microsoft's write limit: a burst of 3,000, then 20 a second. On by default. */
  throttle?: boolean
  /** Told every exchange under /v1.0 after it was answered. */
  onExchange?: (exchange: Exchange) => void
}

export interface Sandbox {
  /** Origin without a version: `http://127.0.0.1:PORT`. */
  url: string
  /** Object ids of the seeded people, groups, roles and SKUs by short name. */
  ids: typeof ids
  close(): Promise<void>
}

/** Starts a Graph-compatible tenant, "Contoso", on loopback. It forgets everything when closed. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', replicationDelayMs = 0, throttle = true, onExchange } = options
  const now = () => (options.now?.() ?? new Date()).getTime()
  const freshTenant = () => seedTenant({ now, settings: { replicationDelayMs, throttle } })
  const world: World = {
    tenant: freshTenant(),
    faults: createFaults(),
    bucket: createWriteBucket(now),
    route: createRouter(routes),
  }
  function reset() {
    world.tenant = freshTenant()
    world.faults.clear()
    world.bucket = createWriteBucket(now)
  }
  const server = createServer(createApp({ world, reset, onExchange }))
  await listening(server, { port, host })
  const address = server.address() as AddressInfo
  return { url: `http://${host}:${address.port}`, ids, close: () => closed(server) }
}

const listening = (server: Server, at: { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
