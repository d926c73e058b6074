import { open } from 'node:fs/promises'
import Nedb from '@seald-io/nedb'
import { DuplicateKey, StoreUnreachable } from '../store.ts'
import type { CollectionSpec, Document, Query } from '../store.ts'
import { createIndexes } from './indexes.ts'

/** One collection's documents, as NeDB keeps them: in memory and, given a file, in that file. */
export interface Records<T extends Document> {
  get(id: string): Promise<T | undefined>
  /** Everything that may match the query, and perhaps more. Not copied: look, don't touch. */
  candidates(query: Query): Promise<T[]>
  insert(document: T): Promise<void>
  replace(before: T, after: T): Promise<void>
  remove(documents: T[]): Promise<void>
}

// The package is CommonJS whose types promise a default export that it does not have.
const Datastore = Nedb as unknown as typeof Nedb.default

/** Rewriting an append-only file pays once it holds many more lines than documents. */
const spareLines = 2_000

/** Up to this many, documents are fetched one by one; beyond, going through all is quicker. */
const few = 20

/** NeDB's own indexes keep values unique; queries use ours, since NeDB compares null, dates and lists in its own way. */
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
    if (unique) await file.ensureIndexAsync({ fieldName, unique, sparse }).catch(refuse(spec.name))
  }
  let indexes = createIndexes(spec, file.getAllData())
  let documents = file.getAllData().length
  let lines = documents
  let torn = false

  async function write(change: () => Promise<unknown>): Promise<void> {
    try {
      if (torn || lines > 2 * documents + spareLines) {
        await file.compactDatafileAsync()
        lines = documents
        torn = false
      }
      await change()
    } catch (error) {
      if (!isDuplicate(error)) {
        // A failed append may have left half a line, which the next one would continue: rewrite the file first.
        torn = true
        indexes = createIndexes(spec, file.getAllData())
        documents = file.getAllData().length
      }
      refuse(spec.name)(error)
    }
  }

  return {
    get: async (id) => (await file.findAsync({ _id: id }))[0],
    async candidates(query) {
      const ids = indexes.candidates(query)
      if (!ids) return file.getAllData()
      if (ids.size > few) return file.getAllData().filter((document) => ids.has(document._id))
      return ids.size > 0 ? file.findAsync({ _id: { $in: [...ids] } }) : []
    },
    insert: (document) =>
      write(async () => {
        await file.insertAsync(document)
        indexes.add(document)
        documents += 1
        lines += 1
      }),
    replace: (before, after) =>
      write(async () => {
        await file.updateAsync({ _id: after._id }, after, {})
        indexes.remove(before)
        indexes.add(after)
        lines += 1
      }),
    remove: (gone) =>
      write(async () => {
        for (const { _id } of gone) await file.removeAsync({ _id }, {})
        for (const document of gone) indexes.remove(document)
        documents -= gone.length
        lines += gone.length
      }),
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
