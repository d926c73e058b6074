import { open } from 'node:fs/promises'
import Nedb from '@seald-io/nedb'
import { DuplicateKey, StoreUnreachable } from '../store.ts'
import type { CollectionSpec, Document, Query } from '../store.ts'
import { createIndexes } from './indexes.ts'

/** One collection's documents: here to look at and, given a file, in that file by NeDB. What is given and got is not copied. */
export interface Records<T extends Document> {
  get(id: string): T | undefined
  /** Everything that may match the query, and perhaps more. */
  candidates(query: Query): T[]
  insert(document: T): Promise<void>
  replace(before: T, after: T): Promise<void>
  remove(documents: T[]): Promise<void>
}

// The package is CommonJS whose types promise a default export that it does not have.
const Datastore = Nedb as unknown as typeof Nedb.default

/** Rewriting an append-only file pays once it holds many more lines than documents. */
const spareLines = 2_000

/** NeDB writes, and keeps values unique; queries use our indexes, since it compares null, dates and lists in its own way. */
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
  let documents = new Map<string, T>()
  let indexes = createIndexes<T>(spec, [])
  let torn = false

  function readBack(): void {
    documents = new Map(file.getAllData().map((document) => [document._id, document]))
    indexes = createIndexes(spec, [...documents.values()])
  }
  readBack()
  let lines = documents.size

  async function write(change: () => Promise<unknown>): Promise<void> {
    try {
      if (torn || lines > 2 * documents.size + spareLines) {
        await file.compactDatafileAsync()
        lines = documents.size
        torn = false
      }
      await change()
    } catch (error) {
      if (!isDuplicate(error)) {
        // A failed append may have left half a line, which the next one would continue: rewrite the file first.
        torn = true
        readBack()
      }
      refuse(spec.name)(error)
    }
  }

  return {
    get: (id) => documents.get(id),
    candidates(query) {
      const ids = indexes.candidates(query)
      return ids ? [...ids].flatMap((id) => documents.get(id) ?? []) : [...documents.values()]
    },
    insert: (document) =>
      write(async () => {
        await file.insertAsync(document)
        indexes.add(document)
        documents.set(document._id, document)
        lines += 1
      }),
    replace: (before, after) =>
      write(async () => {
        await file.updateAsync({ _id: after._id }, after, {})
        indexes.remove(before)
        indexes.add(after)
        documents.set(after._id, after)
        lines += 1
      }),
    remove: (gone) =>
      write(async () => {
        for (const { _id } of gone) await file.removeAsync({ _id }, {})
        for (const document of gone) {
          indexes.remove(document)
          documents.delete(document._id)
        }
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
