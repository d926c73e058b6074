import type { Graph, RequestEvent } from '../services/graph/index.ts'
import { certificate, createGraph, createMsalToken, sandboxToken } from '../services/graph/index.ts'
import type { Store } from '../services/store/store.ts'
import type { Config } from './config.ts'

// Imported where they are chosen, so that nobody pays for the engine they do not use.

export async function openStore(config: Config['store']): Promise<Store> {
  if (config.kind === 'mongodb') {
    const { createMongoStore } = await import('../services/store/mongo.ts')
    return createMongoStore({ uri: config.uri })
  }
  const { createEmbeddedStore } = await import('../services/store/embedded.ts')
  return createEmbeddedStore({ dir: config.dir })
}

export async function openGraph(
  config: Config['graph'],
  options: { onRequest(event: RequestEvent): void },
): Promise<{ graph: Graph; closeGraph(): Promise<void> }> {
  if (config.kind === 'tenant') {
    // Read now, as at the first token its absence would pass for Graph not being reached.
    if (config.certificatePath) await certificate(config.certificatePath)
    const token = createMsalToken({ ...config, graphBaseUrl: config.baseUrl })
    return { graph: createGraph({ baseUrl: config.baseUrl, token, ...options }), closeGraph: async () => undefined }
  }
  if (config.baseUrl) {
    const graph = createGraph({ baseUrl: config.baseUrl, token: sandboxToken(), ...options })
    return { graph, closeGraph: async () => undefined }
  }
  const { createSandbox } = await import('../services/sandbox/index.ts')
  const sandbox = await createSandbox({ port: config.port ?? 0, replicationDelayMs: 1500 })
  const graph = createGraph({ baseUrl: sandbox.url, token: sandboxToken(), ...options })
  return { graph, closeGraph: () => sandbox.close() }
}
