import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HandOverWay } from '../../services/approvals/policy.ts'
import type { Request } from '../../services/requests/request.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'
import { embeddedGround, type Ground, inLanes, mongoGround } from './grounds.ts'
import { startInstance } from './instance.ts'
import { afterProvision, approvedProvision } from './joining.ts'
import { createLives, type Lives } from './lives.ts'
import { admit, openScene } from './scene.ts'

const policy = await readFile(join(import.meta.dirname, '../../services/approvals/policy.default.yml'), 'utf8')
const engine = await mongoEngine()

let lives: Lives
beforeAll(async () => {
  lives = await createLives()
})
afterAll(async () => {
  await lives.remove()
  await engine?.stop()
})

interface Run {
  /** Dies at this boundary, counted from 1; 0 lives. */
  killAt: number
  ground: Ground
}

/** Starts a process that dies at boundary `killAt`, lets another go on, and tells how it all ended. */
async function run(request: Request, { killAt, ground: { at, open, clear } }: Run) {
  const scene = await openScene(policy)
  const { _id: id } = request
  try {
    const before = await open()
    await admit(before, request)
    await before.close()
    const death = killAt > 0 ? { death: { nth: killAt, of: '' } } : {}
    const boundaries = await lives.live({ ...scene.place, store: at, id, ...death })
    const store = await open()
    const instance = await startInstance({ ...scene.place, store })
    await instance.untilEnded(id)
    const end = await afterProvision(scene, instance)
    await store.close()
    return { boundaries, end, errors: instance.errors }
  } finally {
    await Promise.all([clear(), scene.sandbox.close()])
  }
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
      const request = await approvedProvision(scene, way)
      await scene.sandbox.close()
      const ground = await openGround()
      const { boundaries = [], end: undisturbed } = await run(request, { killAt: 0, ground })
      await ground.remove()
      expect(undisturbed).toMatchObject({
        requests: [{ status: 'done' }],
        created: 1,
        chain: true,
        signIn: { ok: true },
      })
      const last = boundaries.findLastIndex((what) => upTo.test(what)) + 1

      let killed = 0
      const all = Array.from({ length: last }, (_, i) => i + 1)
      await inLanes(all, { lanes: 2, openGround }, async (killAt, ground) => {
        const { boundaries: survived, end, errors } = await run(request, { killAt, ground })
        const where = `killed at ${killAt}, ${boundaries[killAt - 1]}`
        expect(end, where).toEqual(undisturbed)
        expect(errors, where).toEqual([])
        if (!survived) killed += 1
      })
      // A change may be told in one go with the next: a run has a write or two more or less than another.
      expect(killed).toBeGreaterThan(last - 5)
    }, 300_000)
  })
}

suite('the embedded store', embeddedGround)
if (engine) suite('MongoDB', mongoGround(engine.uri))
else describe.skip(`on MongoDB. ${noMongoEngine}`, () => it('a process killed at any boundary ends well', () => {}))
