import { resolve } from 'node:path'
import { pino } from 'pino'
import { requireGroups } from '../services/approvals/groups.ts'
import { loadPolicy } from '../services/approvals/policy.ts'
import { systemClock } from '../services/clock.ts'
import { BadConfig, readConfig } from './config.ts'
import { startDemo } from './demo.ts'
import { createLatchkey } from './latchkey.ts'
import { createMetrics } from './metrics.ts'
import { openGraph, openStore } from './open.ts'
import { whenOrphaned } from './orphan.ts'
import { listen } from './server.ts'

async function main(): Promise<void> {
  const config = readConfig()
  const log = pino({ level: config.logLevel })
  const metrics = createMetrics()

  const policy = await loadPolicy(config.policyFile, { pinned: config.production })
  const store = await openStore(config.store)
  const { graph, closeGraph } = await openGraph(config.graph, { onRequest: metrics.graph })
  await requireGroups(policy, { graph, file: config.policyFile })
  const { bot, secretKey } = config
  const sandbox = config.graph.kind === 'sandbox'
  const latchkey = await createLatchkey({
    bot,
    clock: systemClock,
    graph,
    log,
    metrics,
    policy,
    sandbox,
    secretKey,
    store,
  })

  const http = await listen(latchkey.server, config)
  latchkey.start()
  const address = http.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const botUrl = `http://127.0.0.1:${port}/api/messages`
  const demo =
    config.playground &&
    (await startDemo({
      graph,
      conversations: latchkey.conversations,
      tenantId: latchkey.directoryId,
      port: config.playground.port,
      botUrl,
      dataDir: resolve(config.store.kind === 'embedded' ? config.store.dir : '.data'),
    }))
  console.log(demo?.text ?? `Latchkey listens on ${config.host}:${port}.`)

  const stop = (): void => {
    demo?.close()
    http.close()
    http.closeAllConnections()
    latchkey
      .stop()
      .then(closeGraph)
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  if (demo) whenOrphaned(stop)
}

main().catch((error: unknown) => {
  const isOurs = error instanceof BadConfig
  console.error(
    isOurs
      ? `Latchkey does not start:\n${error.message}`
      : error instanceof Error
        ? `Latchkey does not start: ${error.message}`
        : error,
  )
  process.exit(1)
})
