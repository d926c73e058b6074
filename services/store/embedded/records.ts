import { open } from 'node:fs/promises'
import Nedb from '@seald-io/nedb'
import { DuplicateKey, StoreUnreachable } from '../store.ts'
import type { CollectionSpec, Document, Query } from '../store.ts'

/** One collection's documents and indexes, as NeDB keeps them: in memory and, given a file, in that file. */
export interface Records<T extends Document> {
  /** Every document, not copied: look, don't touch. */
  all(): T[]
  /** Copies of the documents that meet a filter which NeDB and MongoDB understand alike (see `narrow`). */
  lookUp(query: Query): Promise<T[]>
  insert(document: T): Promise<void>
  replace(document: T): Promise<void>
  remove(ids: string[]): Promise<void>
}

// The package is CommonJS whose types promise a default export that it does not have.
const Datastore = Nedb as unknown as typeof Nedb.default

/** Rewriting an append-only file pays once it holds many more lines than documents. */
const spareLines = 2_000

export async function openRecords<T extends Document>(spec: CollectionSpec, filename?: string): Promise<Records<T>> {
  if (filename) await dropTornLine(filename)
  const file = new Datastore<T>({
    filename,
    corruptAlertThreshold: 0,
    afterSerialization: oneLine,
    beforeDeserialization: asIs,
  })
  if (filename) await file.loadDatabaseAsync().catch(refuse(spec.name))
  for (const { keys, unique, sparse } of spec.indexes) {
    const fieldName = Object.keys(keys).sort()
    // The file remembers indexes as they were declared when it was written; the declaration in the code is what counts.
    await file.removeIndexAsync(fieldName.join(','))
    await file.ensureIndexAsync({ fieldName, unique, sparse }).catch(refuse(spec.name))
  }
  let written = 0
  let torn = false

  async function write<R>(change: () => Promise<R>): Promise<void> {
    try {
      if (torn || written > file.getAllData().length + spareLines) {
        await file.compactDatafileAsync()
        written = 0
        torn = false
      }
      await change()
      written += 1
    } catch (error) {
      // A failed append may have left half a line, which the next one would continue: rewrite the file first.
      torn = !isDuplicate(error)
      refuse(spec.name)(error)
    }
  }

  return {
    all: () => file.getAllData(),
    lookUp: async (query) => file.findAsync(query),
    insert: (document) => write(() => file.insertAsync(document)),
    replace: (document) => write(() => file.updateAsync({ _id: document._id }, document, {})),
    remove: (ids) => write(() => file.removeAsync({ _id: { $in: ids } }, { multi: true })),
  }
}

// NeDB reads a file back line by line, and takes these for line ends although JSON does not escape them.
function oneLine(json: string): string {
  return json.replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function asIs(line: string): string {
  return line
}

/** A process killed while it appended leaves a last line without an end. Nobody was told that it was written. */
async function dropTornLine(filename: string): Promise<void> {
  const file = await open(filename, 'r+').catch(() => undefined)
  if (!file) return
  try {
    const end = (await file.readFile()).lastIndexOf('\n') + 1
    await file.truncate(end)
  } finally {
    await file.close()
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'errorType' in error && error.errorType === 'uniqueViolated'
}

function refuse(collection: string): (error: unknown) => never {
  return (error) => {
    if (isDuplicate(error)) throw new DuplicateKey(collection, { cause: error })
    throw new StoreUnreachable(
      `The file of "${collection}" in the data folder cannot be read or written. Is the disk full, or the file damaged?`,
      { cause: error },
    )
  }
}
