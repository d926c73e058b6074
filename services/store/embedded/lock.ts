import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { StoreUnreachable } from '../store.ts'

interface Owner {
  pid: number
  host: string
  /** When the process began, ms: in a container the next process often has the very pid of the last. */
  since: number
}

export interface Lock {
  /** Shows other machines that the owner lives. */
  touch(): Promise<void>
  release(): Promise<void>
}

/** An owner on another machine (or in a container that is gone) counts as dead when it has not touched its lock for this long. */
const silenceMs = 120_000

/**
 * Takes the lock file, over from a dead owner if need be.
 * @throws StoreUnreachable when another process, or this one, holds it.
 */
export async function takeLock(file: string): Promise<Lock> {
  const mine = JSON.stringify(self())
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(file, mine)) return { touch: () => touch(file), release: () => release(file, mine) }
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const owner = parse(text)
    if (owner && (await lives(owner, file))) throw new StoreUnreachable(inUse(file, owner))
    await clear(file, text)
  }
  throw new StoreUnreachable(
    `The lock file ${file} keeps changing hands. Start one Latchkey at a time on a data folder.`,
  )
}

function self(): Owner {
  return { pid: process.pid, host: hostname(), since: Math.round(performance.timeOrigin) }
}

// Linked into place with its content, so that nobody ever reads a lock without an owner.
async function create(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600 })
    await link(draft, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw new StoreUnreachable(`The lock file ${file} cannot be written. May this process write there?`, {
      cause: error,
    })
  } finally {
    await rm(draft, { force: true })
  }
}

// Moved aside, then looked at again: between reading and moving, another process may have taken over and written its own.
async function clear(file: string, expected: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== expected) await link(aside, file)
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function lives(owner: Owner, file: string): Promise<boolean> {
  const me = self()
  if (owner.host !== me.host) return Date.now() - (await stat(file)).mtimeMs < silenceMs
  if (owner.pid === me.pid) return owner.since === me.since
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now).catch(() => undefined)
}

async function release(file: string, mine: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === mine) await rm(file, { force: true })
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<Owner>
    return pid && host && since ? { pid, host, since } : undefined
  } catch {
    return undefined
  }
}

function inUse(file: string, owner: Owner): string {
  return (
    `This data folder is in use by process ${owner.pid} on ${owner.host}. Stop that one, or give this one its own ` +
    `DATA_DIR; several processes that share their data need MongoDB (MONGODB_URI). ` +
    `If no Latchkey runs there any more, delete ${file}.`
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
