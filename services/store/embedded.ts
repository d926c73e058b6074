import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCollection } from './embedded/collection.ts'
import type { EmbeddedCollection } from './embedded/collection.ts'
import { takeLock } from './embedded/lock.ts'
import { StoreUnreachable } from './store.ts'
import type { Collection, CollectionSpec, Document, Store } from './store.ts'

export interface EmbeddedOptions {
  /** Where the files live. Absent: in memory only, gone with the process. */
  dir?: string
  /** How often documents with a lapsed TTL are removed. MongoDB's own interval is 60 seconds. */
  sweepSeconds?: number
}

/**
 * A store inside this process: NeDB keeps the files, mingo speaks MongoDB's language. What was awaited has been handed to the operating system, so it outlives the process; a power cut may cost the last moments.
 * @throws StoreUnreachable when another process uses the folder.
 */
export async function createEmbeddedStore({ dir, sweepSeconds = 30 }: EmbeddedOptions = {}): Promise<Store> {
  if (dir) await mkdir(dir, { recursive: true, mode: 0o700 }).catch(refuse(dir))
  const lock = dir ? await takeLock(join(dir, 'latchkey.lock')) : undefined
  const collections = new Map<string, Promise<EmbeddedCollection<Document>>>()
  let closed = false

  async function sweep(): Promise<void> {
    await lock?.touch()
    // A sweep that fails is tried again at the next; whoever writes next hears of the reason.
    for (const collection of collections.values()) {
      await collection.then((each) => each.sweep(new Date())).catch(() => undefined)
    }
  }
  const timer = setInterval(() => void sweep(), sweepSeconds * 1000).unref()

  async function open(spec: CollectionSpec): Promise<EmbeddedCollection<Document>> {
    const opened = await openCollection(spec, dir && join(dir, `${spec.name}.db`))
    await opened.sweep(new Date())
    return opened
  }

  function requireOpen(): void {
    if (closed) throw new StoreUnreachable('The store is closed.')
  }

  return {
    shared: false,
    async collection<T extends Document>(spec: CollectionSpec) {
      requireOpen()
      const known = collections.get(spec.name) ?? open(spec)
      collections.set(spec.name, known)
      known.catch(() => collections.delete(spec.name))
      return (await known) as unknown as Collection<T>
    },
    async ping() {
      requireOpen()
    },
    async close() {
      if (closed) return
      closed = true
      clearInterval(timer)
      for (const collection of collections.values()) await (await collection).close()
      await lock?.release()
    },
  }
}

function refuse(dir: string): (cause: unknown) => never {
  return (cause) => {
    throw new StoreUnreachable(
      `The data folder ${dir} cannot be made. Name one in DATA_DIR that this process may write to.`,
      { cause },
    )
  }
}
