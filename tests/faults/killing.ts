import type { Change, Collection, CollectionSpec, Document, Store } from '../../services/store/store.ts'

/** Tells of every write there is: once while it is under way, and once when it is known to be done. */
export type Tick = (what: string) => void

/**
 * A store whose writes are counted; not those that change nothing, nor claims and what is told already: every boundary
 * that is counted leaves such things behind as well.
 */
export function counted(store: Store, tick: Tick): Store {
  return {
    ...store,
    collection: async <T extends Document>(spec: CollectionSpec) =>
      countedCollection(await store.collection<T>(spec), spec.name, tick),
  }
}

function countedCollection<T extends Document>(on: Collection<T>, name: string, tick: Tick): Collection<T> {
  const write = async <R>(verb: string, work: () => Promise<R>): Promise<R> => {
    const result = await work()
    if (result !== undefined && result !== 0) tick(`${verb} ${name}`)
    return result
  }
  return {
    ...on,
    insert: (document) => write('insert', () => on.insert(document)),
    update: (...given) => (isUpkeep(given[1]) ? on.update(...given) : write('update', () => on.update(...given))),
    updateMany: (...given) => write('update', () => on.updateMany(...given)),
    remove: (query) => write('remove', () => on.remove(query)),
  }
}

const UPKEEP = ['lease', 'lease.until', 'outbox', 'unannounced']

const isUpkeep = (change: Change): boolean => Object.keys(change['$set'] ?? {}).every((key) => UPKEEP.includes(key))

/** What only reads, and what a person does, not the process. */
const SPARED = /\/(getByIds|getMemberGroups|checkMemberGroups|\$batch)$|^\/_sandbox\//

/** Graph whose writes are counted: before they are sent, and when the answer is there and nobody has read it yet. */
export function countedFetch(original: typeof fetch, tick: Tick): typeof fetch {
  return async (url, init) => {
    const path = new URL(url instanceof Request ? url.url : url).pathname
    const writes = init?.method !== undefined && init.method !== 'GET' && !SPARED.test(path)
    const what = `${init?.method ?? 'GET'} ${path.split('/').at(-1)}`
    if (writes) tick(`before ${what}`)
    const answer = await original(url, init)
    if (writes) tick(`after ${what}`)
    return answer
  }
}
