import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import { startInstance } from './instance.ts'
import { counted, countedFetch } from './killing.ts'

export interface ChildOrder {
  store: { dir: string } | { uri: string; database: string }
  graphUrl: string
  policy: string
  tenantId: string
  /** Dies at this boundary, counted from 1; 0 lives. */
  killAt: number
}

/** A Latchkey process that carries an approved request through, unless it is killed at the boundary it was told. */
async function main(order: ChildOrder): Promise<void> {
  const boundaries: string[] = []
  const tick = (what: string): void => {
    boundaries.push(what)
    if (boundaries.length === order.killAt) process.kill(process.pid, 'SIGKILL')
  }
  const { store: at } = order
  const store = 'dir' in at ? await createEmbeddedStore(at) : await createMongoStore(at)
  globalThis.fetch = countedFetch(globalThis.fetch, tick)
  const instance = await startInstance({ ...order, store: counted(store, tick) })
  await instance.untilEnded()
  await store.close()
  process.stdout.write(JSON.stringify(boundaries), () => process.exit(0))
}

void main(JSON.parse(process.argv[2] ?? '') as ChildOrder)
