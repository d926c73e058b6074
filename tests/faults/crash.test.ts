import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { build } from 'esbuild'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HandOverWay } from '../../services/approvals/policy.ts'
import type { Request } from '../../services/requests/request.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import type { Store } from '../../services/store/store.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'
import type { ChildOrder } from './child.ts'
import { startInstance } from './instance.ts'
import { admit, approvedRequest, endOf, openScene } from './scene.ts'

// One file, so that a process starts in a fifth of the time that a hundred modules take. (esbuild comes with tsx.)
const child = join(import.meta.dirname, '../../.output', `crash-${randomUUID()}.mjs`)
const policy = await readFile(join(import.meta.dirname, '../../services/approvals/policy.default.yml'), 'utf8')
const engine = await mongoEngine()

beforeAll(async () => {
  const requireToo = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['mongodb', '@azure/msal-node'],
    banner: { js: requireToo },
    logLevel: 'error',
  })
})
afterAll(async () => {
  await rm(child, { force: true })
  await engine?.stop()
})

/** Where one run keeps its documents: opened by the process that dies, and then by the one that goes on. */
interface Ground {
  at: ChildOrder['store']
  open(): Promise<Store>
  /** Empty again, for the next run. */
  clear(): Promise<void>
  remove(): Promise<void>
}

async function embeddedGround(): Promise<Ground> {
  const dir = await mkdtemp(join(tmpdir(), 'latchkey-crash-'))
  const remove = () => rm(dir, { recursive: true })
  return { at: { dir }, open: () => createEmbeddedStore({ dir }), clear: remove, remove: async () => undefined }
}

const mongoGround = (uri: string) => async (): Promise<Ground> => {
  const database = `latchkey-crash-${randomUUID()}`
  const client = await new MongoClient(uri).connect()
  const db = client.db(database)
  const clear = async (): Promise<void> => {
    for (const { collectionName } of await db.collections()) await db.collection(collectionName).deleteMany({})
  }
  const remove = async (): Promise<void> => {
    await db.dropDatabase()
    await client.close()
  }
  return { at: { uri, database }, open: () => createMongoStore({ uri, database }), clear, remove }
}

/** Starts a process that dies at boundary `killAt`, lets another go on, and tells how it all ended. */
async function run(request: Request, { killAt, ground: { at, open, clear } }: { killAt: number; ground: Ground }) {
  const scene = await openScene(policy)
  try {
    const before = await open()
    await admit(before, request)
    await before.close()
    const boundaries = await lifeOf({ ...scene.place, store: at, killAt })
    const store = await open()
    const instance = await startInstance({ ...scene.place, store })
    await instance.untilEnded()
    const end = await endOf(scene, instance)
    await store.close()
    return { boundaries, end, errors: instance.errors }
  } finally {
    await Promise.all([clear(), scene.sandbox.close()])
  }
}

/** @returns the boundaries it passed, or undefined when it was killed on the way */
async function lifeOf(order: ChildOrder): Promise<string[] | undefined> {
  const life = spawn(process.execPath, [child, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  life.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()))
  const [code, signal] = (await once(life, 'close')) as [number | null, string | null]
  if (signal === 'SIGKILL') return undefined
  if (code !== 0) throw new Error(`The process ended with ${code}.`)
  return JSON.parse(text) as string[]
}

type Killed = { way: HandOverWay; upTo: RegExp }

function suite(name: string, openGround: () => Promise<Ground>): void {
  // The two ways differ until the account is there; after it every step is the same.
  describe.each<Killed>([
    { way: 'temporary-access-pass', upTo: /$/ },
    { way: 'temporary-password', upTo: /^before PUT/ },
  ])(`on ${name}, with a $way`, ({ way, upTo }) => {
    it('a process killed at any boundary and started again ends as if nothing had happened', async () => {
      const scene = await openScene(policy)
      const request = await approvedRequest(scene, way)
      await scene.sandbox.close()
      const grounds = await Promise.all([openGround(), openGround()])
      const [first] = grounds
      const { boundaries = [], end: undisturbed } = await run(request, { killAt: 0, ground: first })
      expect(undisturbed).toMatchObject({ status: 'done', created: 1, chain: true, signIn: { ok: true } })
      const last = boundaries.findLastIndex((what) => upTo.test(what)) + 1

      let [next, killed] = [0, 0]
      const lane = async (ground: Ground): Promise<void> => {
        for (let killAt = ++next; killAt <= last; killAt = ++next) {
          const { boundaries: survived, end, errors } = await run(request, { killAt, ground })
          const where = `killed at ${killAt}, ${boundaries[killAt - 1]}`
          expect(end, where).toEqual(undisturbed)
          expect(errors, where).toEqual([])
          if (!survived) killed += 1
        }
      }
      await Promise.all(grounds.map(lane))
      await Promise.all(grounds.map((ground) => ground.remove()))
      // A change may be told in one go with the next: a run has a write or two more or less than another.
      expect(killed).toBeGreaterThan(last - 5)
    }, 300_000)
  })
}

suite('the embedded store', embeddedGround)
if (engine) suite('MongoDB', mongoGround(engine.uri))
else describe.skip(`on MongoDB. ${noMongoEngine}`, () => it('a process killed at any boundary ends well', () => {}))
