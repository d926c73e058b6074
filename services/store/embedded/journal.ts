import { open } from 'node:fs/promises'
import Nedb from '@seald-io/nedb'
import { StoreUnreachable } from '../store.ts'
import type { CollectionSpec, Document } from '../store.ts'
import { frozen } from '../values.ts'

/** What a document has become; without one, it is gone. */
export interface Entry<T extends Document> {
  id: string
  document: T | undefined
}

/** A collection's file. */
export interface Journal<T extends Document> {
  /** As it was when it was opened. */
  documents: T[]
  /**
   * Appends them all in one go, so that ten take no longer than one. When it resolves they outlive this process.
   * @throws StoreUnreachable when the disk refuses; none of them counts then.
   */
  append(entries: Entry<T>[]): Promise<void>
}

/** A line of the file: one version of one document. */
interface Version<T extends Document> {
  /** Counts up: of several versions of a document the last one counts. */
  _id: string
  of: string
  document?: T
}

// The package is CommonJS whose types promise a default export that it does not have.
const Datastore = Nedb as unknown as typeof Nedb.default

/** Rewriting an append-only file pays once it holds many more lines than documents. */
const SPARE_LINES = 2_000
const REMOVED_AT_ONCE = 200

/**
 * NeDB keeps the file: it appends, reads back, tells damage, and rewrites so that a kill leaves the old or the new one.
 * It inserts many documents with one write but updates one at a time, hence versions, of which those that are superseded
 * are removed when the file is rewritten.
 * @throws StoreUnreachable when the file cannot be read or is damaged.
 */
export async function openJournal<T extends Document>(spec: CollectionSpec, filename: string): Promise<Journal<T>> {
  await dropTornLine(filename)
  const file = new Datastore<Version<T>>({
    filename,
    corruptAlertThreshold: 0,
    afterSerialization: oneLine,
    beforeDeserialization: asIs,
  })
  const versions = await load(file, spec).catch(refuse(spec.name))
  const documents = new Map<string, T>()
  /** By document, the version that counts. */
  const latest = new Map<string, string>()
  const superseded: string[] = []
  let count = Number(versions.findLast(({ _id }) => isNumber(_id))?._id ?? 0)
  let torn = false

  function note({ _id, of, document }: Version<T>): void {
    const before = latest.get(of)
    if (before) superseded.push(before)
    if (document) latest.set(of, _id)
    else {
      latest.delete(of)
      superseded.push(_id)
    }
  }

  async function tidy(): Promise<void> {
    // A failed append may have left half a line, which the next one would continue.
    if (torn) await dropTornLine(filename)
    // NeDB compares each with all that are named.
    for (let i = 0; i < superseded.length; i += REMOVED_AT_ONCE) {
      await file.removeAsync({ _id: { $in: superseded.slice(i, i + REMOVED_AT_ONCE) } }, { multi: true })
    }
    await file.compactDatafileAsync()
    superseded.length = 0
    torn = false
  }

  for (const version of versions) {
    note(version)
    if (version.document) documents.set(version.of, frozen(version.document))
    else documents.delete(version.of)
  }
  return {
    documents: [...documents.values()],
    async append(entries) {
      const fresh = entries.map(({ id, document }) => {
        count += 1
        return { _id: String(count).padStart(DIGITS, '0'), of: id, ...(document ? { document } : {}) }
      })
      try {
        if (torn || superseded.length > latest.size + SPARE_LINES) await tidy()
        await file.insertAsync(fresh)
      } catch (error) {
        torn = true
        superseded.push(...fresh.map(({ _id }) => _id))
        refuse(spec.name)(error)
      }
      fresh.forEach(note)
    },
  }
}

/** In the order they were written. A file from before there were versions holds the documents themselves. */
async function load<T extends Document>(file: Nedb.default<Version<T>>, spec: CollectionSpec): Promise<Version<T>[]> {
  await file.loadDatabaseAsync()
  const lines: (Version<T> | T)[] = file.getAllData()
  if (lines.some((line) => !('of' in line))) {
    for (const { keys } of spec.indexes) await file.removeIndexAsync(Object.keys(keys).sort().join(','))
  }
  return lines
    .map((line) => ('of' in line ? line : { _id: line._id, of: line._id, document: line }))
    .sort((a, b) => Number(isNumber(a._id)) - Number(isNumber(b._id)) || (a._id < b._id ? -1 : 1))
}

const DIGITS = 15

const isNumber = (id: string): boolean => id.length === DIGITS && /^\d+$/.test(id)

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

function refuse(collection: string): (error: unknown) => never {
  return (cause) => {
    throw new StoreUnreachable(
      `The file of "${collection}" in the data folder cannot be read or written. Is the disk full, or the file damaged?`,
      { cause },
    )
  }
}
