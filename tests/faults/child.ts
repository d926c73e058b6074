import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import { startInstance } from './instance.ts'
import { counted, countedFetch } from './killing.ts'

/** Dies at the `nth` boundary, counted from 1, of those whose name matches `of`; never, if it does not come to that. */
export interface Death {
  nth: number
  /** A regular expression. */
  of: string
}

export interface ChildOrder {
  store: { dir: string } | { uri: string; database: string }
  graphUrl: string
  policy: string
  tenantId: string
  /** The request to carry through. */
  id: string
  death?: Death
}

/** A Latchkey process that carries an approved request through, unless it is killed at the boundary it was told. */
async function main(order: ChildOrder): Promise<void> {
  const { store: at, death, id } = order
  const of = new RegExp(death?.of ?? '')
  const boundaries: string[] = []
  let met = 0
  const tick = (what: string): void => {
    boundaries.push(what)
    if (of.test(what)) met += 1
    if (met === death?.nth) process.kill(process.pid, 'SIGKILL')
  }
  const store = 'dir' in at ? await createEmbeddedStore(at) : await createMongoStore(at)
  globalThis.fetch = countedFetch(globalThis.fetch, tick)
  const instance = await startInstance({ ...order, store: counted(store, tick) })
  await instance.untilEnded(id)
  await store.close()
  if (instance.errors.length > 0) throw new AggregateError(instance.errors, 'It went through, but not quietly.')
  process.stdout.write(JSON.stringify(boundaries), () => process.exit(0))
}

void main(JSON.parse(process.argv[2] ?? '') as ChildOrder)
