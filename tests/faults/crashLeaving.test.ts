import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'
import type { Death } from './child.ts'
import { embeddedGround, type Ground, inLanes, mongoGround } from './grounds.ts'
import { type Instance, startInstance } from './instance.ts'
import { adeleNow, afterLeaving, afterReturn, approvedLeaving, approvedReturn } from './leaving.ts'
import { createLives, type Lives } from './lives.ts'
import { admit, openScene, type Scene } from './scene.ts'

const policy = await readFile(join(import.meta.dirname, '../../services/approvals/policy.default.yml'), 'utf8')
const engine = await mongoEngine()

/** Each boundary costs two processes and two seconds: all of them are for CI, on MongoDB too. */
const ALL = process.env['LATCHKEY_ALL_BOUNDARIES'] === '1'
const STRIDE = ALL ? 1 : 24
const SAMPLE = ALL ? 'any boundary' : `every ${STRIDE}th boundary (at all of them: LATCHKEY_ALL_BOUNDARIES=1)`

let lives: Lives
beforeAll(async () => {
  lives = await createLives()
})
afterAll(async () => {
  await lives.remove()
  await engine?.stop()
})

/** How the first so many processes die that carry a request through; the one after them lives. */
interface Fate {
  death?: Death
  times: number
}
/** More than there are boundaries, so that only the end ends it. */
const ENDLESS = 200
const LONG = 1_800_000

/** She leaves, and then comes back: the processes that see to it have the same fate both times. */
async function run(request: Request, fate: Fate, ground: Ground) {
  const scene = await openScene(policy)
  const errors: unknown[] = []
  let deaths = 0
  const inside = async <T>(work: (instance: Instance) => Promise<T>): Promise<T> => {
    const store = await ground.open()
    const instance = await startInstance({ ...scene.place, store, deaths })
    const result = await work(instance)
    errors.push(...instance.errors)
    await store.close()
    return result
  }
  try {
    const before = await inside((instance) => adeleNow(scene, instance))
    const store = await ground.open()
    await admit(store, request)
    await store.close()
    const out = await carry(scene, ground, { id: request._id, fate, deaths })
    deaths += out.killed
    const [left, undo] = await inside(async (instance) => {
      await instance.untilEnded(request._id)
      return [await afterLeaving(scene, instance), await approvedReturn(scene, instance, request._id)] as const
    })
    const back = await carry(scene, ground, { id: undo._id, fate, deaths })
    deaths += back.killed
    const returned = await inside(async (instance) => {
      await instance.untilEnded(undo._id)
      return afterReturn(scene, instance, undo)
    })
    return { end: { before, left, returned }, out, back, errors }
  } finally {
    await Promise.all([ground.clear(), scene.sandbox.close()])
  }
}

interface Task {
  id: string
  fate: Fate
  /** Before these. */
  deaths: number
}

/** @returns how many processes died, and the boundaries that the last one passed; none if it died as well */
async function carry(scene: Scene, { at }: Ground, { id, fate: { death, times }, deaths }: Task) {
  const order = { ...scene.place, store: at, id }
  for (let killed = 0; death && killed < times; killed += 1) {
    const boundaries = await lives.live({ ...order, death, deaths: deaths + killed })
    if (boundaries) return { killed, boundaries }
  }
  return { killed: times, boundaries: death ? [] : ((await lives.live({ ...order, deaths })) ?? []) }
}

function suite(name: string, openGround: () => Promise<Ground>): void {
  describe(`somebody leaves and comes back, on ${name}: the process`, () => {
    let request: Request
    let undisturbed: Awaited<ReturnType<typeof run>>
    const [out, back] = [() => undisturbed.out.boundaries, () => undisturbed.back.boundaries]

    beforeAll(async () => {
      const scene = await openScene(policy)
      request = await approvedLeaving(scene)
      await scene.sandbox.close()
      const ground = await openGround()
      undisturbed = await run(request, { times: 0 }, ground)
      await ground.remove()
    }, LONG)

    /** @returns how many processes died while she left, and while she came back */
    const same = async (fate: Fate, { ground, where }: { ground: Ground; where: string }): Promise<number[]> => {
      const disturbed = await run(request, fate, ground)
      expect(disturbed.end, where).toEqual(undisturbed.end)
      expect(disturbed.errors, where).toEqual([])
      return [disturbed.out.killed, disturbed.back.killed]
    }

    it('that nobody kills leaves the account as it was, also what was done by hand', () => {
      const { before, left, returned } = undisturbed.end
      expect(left.requests).toMatchObject([{ status: 'done' }])
      expect(returned.requests).toMatchObject([{ status: 'undone' }, { status: 'done' }])
      expect(returned.requests[1]?.steps.map(([id]) => id)).toEqual(expect.arrayContaining(['mailbox', 'address-list']))
      expect(left.account).not.toEqual(before)
      expect(returned.account).toEqual(before)
      expect(returned).toMatchObject({ chain: true, usablePasses: 1, signIn: { ok: true } })
    })

    const againAndAgain = async (death: Death): Promise<void> => {
      const ground = await openGround()
      const fate: Fate = { death, times: ENDLESS }
      const killed = await same(fate, { ground, where: death.of })
      await ground.remove()
      const met = [out(), back()].map((all) => all.filter((what) => new RegExp(death.of).test(what)).length)
      expect(killed).toEqual(met.map((times) => times - death.nth + 1))
    }

    it.concurrent(
      'that is killed right after every write to Graph, again and again, ends as if nothing had happened',
      // But for the pass, which nobody can read again: if each died with the only copy, each would make another.
      () => againAndAgain({ nth: 1, of: '^after (?!POST temporaryAccessPass)' }),
      LONG,
    )

    it.skipIf(!ALL).concurrent(
      `that is killed right before every write to Graph, again and again, ends so too (with LATCHKEY_ALL_BOUNDARIES=1)`,
      // Killed before the first, none would ever get further: each makes one write and dies before the next.
      () => againAndAgain({ nth: 2, of: '^before' }),
      LONG,
    )

    it.concurrent(
      `that is killed at ${SAMPLE} and started again ends as if nothing had happened`,
      async () => {
        const boundaries = [out(), back()]
        const length = Math.max(...boundaries.map((all) => all.length))
        const strided = Array.from({ length: Math.ceil(length / STRIDE) }, (_, i) => 1 + i * STRIDE)
        const passMade = back().indexOf('after POST temporaryAccessPassMethods') + 1
        const sample = [...new Set([...strided, passMade])]
        let killed = 0
        await inLanes(sample, { lanes: ALL ? 2 : 1, openGround }, async (nth, ground) => {
          const fate: Fate = { death: { nth, of: '' }, times: 1 }
          const where = boundaries.map((all) => `killed at ${nth}, ${all[nth - 1]}`).join('; returning ')
          for (const died of await same(fate, { ground, where })) killed += died
        })
        const met = boundaries.flatMap((all) => sample.filter((nth) => nth <= all.length)).length
        // A change may be told in one go with the next: a run has a write or two more or less than another.
        expect(killed).toBeGreaterThan(met - 5)
      },
      LONG,
    )
  })
}

suite('the embedded store', embeddedGround)
if (engine) suite('MongoDB', mongoGround(engine.uri))
else describe.skip(`on MongoDB. ${noMongoEngine}`, () => it('a process killed at any boundary ends well', () => {}))
