import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../services/requests/request.ts'
import { ids } from '../../services/sandbox/index.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'
import type { Death } from './child.ts'
import { comeAndGo, type Fate } from './fates.ts'
import { embeddedGround, type Ground, inLanes, mongoGround } from './grounds.ts'
import { approvedLeaving, type LEAVINGS } from './leaving.ts'
import { createLives, type Lives } from './lives.ts'

const policy = await readFile(join(import.meta.dirname, '../../services/approvals/policy.default.yml'), 'utf8')
const engine = await mongoEngine()

/** Each boundary costs two processes and two seconds: all of them are for CI, on MongoDB too. */
const ALL = process.env['LATCHKEY_ALL_BOUNDARIES'] === '1'
const STRIDE = ALL ? 1 : 40
const SAMPLE = ALL ? 'any boundary' : `one boundary in ${STRIDE} (at all of them: LATCHKEY_ALL_BOUNDARIES=1)`
const LONG = 1_800_000

let lives: Lives
beforeAll(async () => {
  lives = await createLives()
})
afterAll(async () => {
  await lives.remove()
  await engine?.stop()
})

/** More than there are boundaries, so that only the end ends it. */
const againAndAgain = (death: Death): Fate => ({ death, times: 500 })
const once = (death: Death): Fate => ({ death, times: 1 })

interface Leaving {
  request: Request
  undisturbed: Awaited<ReturnType<typeof comeAndGo>>
}

const boundariesOf = ({ undisturbed: { out, back } }: Leaving): string[][] => [out.boundaries, back.boundaries]

function suite(name: string, openGround: () => Promise<Ground>): void {
  describe(`somebody leaves and comes back, on ${name}: the process`, () => {
    const prepare = async (how: keyof typeof LEAVINGS): Promise<Leaving> => {
      const request = await approvedLeaving(policy, how)
      const ground = await openGround()
      const undisturbed = await comeAndGo(request, { times: 0 }, { policy, lives, ground })
      await ground.remove()
      return { request, undisturbed }
    }
    let kept: Leaving
    let deleted: Leaving
    beforeAll(async () => {
      ;[kept, deleted] = await Promise.all([prepare('kept'), prepare('deleted')])
    }, LONG)

    /** @returns how many processes died while she left, and while she came back */
    const same = async (leaving: Leaving, fate: Fate, ground: Ground): Promise<number[]> => {
      const { out, back, end, errors } = await comeAndGo(leaving.request, fate, { policy, lives, ground })
      const { nth = 0, of } = fate.death ?? {}
      const where = `killed at ${nth} of "${of}": ${boundariesOf(leaving)
        .map((all) => all[nth - 1])
        .join(' and ')}`
      expect(end, where).toEqual(leaving.undisturbed.end)
      expect(errors, where).toEqual([])
      return [out.killed, back.killed]
    }

    it('that nobody kills leaves the account as it was, also what was done by hand, also when it was deleted', () => {
      for (const { undisturbed } of [kept, deleted]) {
        const { before, left, returned } = undisturbed.end
        expect(left.requests).toMatchObject([{ status: 'done' }])
        expect(returned.requests).toMatchObject([{ status: 'undone' }, { status: 'done' }])
        expect(left.account).not.toEqual(before)
        expect(returned.account).toEqual(before)
        expect(returned).toMatchObject({
          chain: true,
          usablePasses: 1,
          signIn: { ok: true },
          reportsTo: ids.users.adele,
        })
      }
      const wayBack = kept.undisturbed.end.returned.requests[1]?.steps.map(([id]) => id)
      expect(wayBack).toEqual(expect.arrayContaining(['mailbox', 'address-list']))
      expect(deleted.undisturbed.end.left.account).toBe('deleted')
    })

    const everyTime = async (death: Death): Promise<void> => {
      const ground = await openGround()
      const killed = await same(kept, againAndAgain(death), ground)
      await ground.remove()
      const met = boundariesOf(kept).map((all) => all.filter((what) => new RegExp(death.of).test(what)).length)
      expect(killed).toEqual(met.map((times) => times - death.nth + 1))
    }

    it.concurrent(
      'that is killed right after every write to Graph, again and again, ends as if nothing had happened',
      // But for the pass, which nobody can read again: if each died with the only copy, each would make another.
      () => everyTime({ nth: 1, of: '^after (?!POST temporaryAccessPass)' }),
      LONG,
    )

    it.skipIf(!ALL).concurrent(
      'that is killed right before every write to Graph, again and again, ends so too (with LATCHKEY_ALL_BOUNDARIES=1)',
      // Killed before the first, none would ever get further: each makes one write and dies before the next.
      () => everyTime({ nth: 2, of: '^before' }),
      LONG,
    )

    it.concurrent(
      `that is killed at ${SAMPLE}, and with the only copy of the pass, and started again ends as if nothing had happened`,
      async () => {
        const boundaries = boundariesOf(kept)
        const length = Math.max(...boundaries.map((all) => all.length))
        const all = Array.from({ length }, (_, i) => i + 1)
        const strided = all.filter((nth) => nth % STRIDE === STRIDE >> 1)
        const passMade = boundaries.flatMap((all) => all.indexOf('after POST temporaryAccessPassMethods') + 1)
        const sample = [...new Set([...strided, ...passMade])].filter((nth) => nth > 0)
        let killed = 0
        await inLanes(sample, { lanes: ALL ? 2 : 1, openGround }, async (nth, ground) => {
          for (const died of await same(kept, once({ nth, of: '' }), ground)) killed += died
        })
        const met = boundaries.flatMap((all) => sample.filter((nth) => nth <= all.length)).length
        // A change may be told in one go with the next: a run has a write or two more or less than another.
        expect(killed).toBeGreaterThan(met - 5)
      },
      LONG,
    )

    it.concurrent(
      `that is killed right ${ALL ? 'before or after' : 'after'} the account is deleted, or restored, ends as if nothing had happened`,
      async () => {
        const of = `(DELETE ${ids.users.adele}|POST restore)$`
        const ground = await openGround()
        if (ALL) expect(await same(deleted, once({ nth: 1, of: `^before ${of}` }), ground)).toEqual([1, 1])
        expect(await same(deleted, once({ nth: 1, of: `^after ${of}` }), ground)).toEqual([1, 1])
        await ground.remove()
      },
      LONG,
    )
  })
}

suite('the embedded store', embeddedGround)
if (engine) suite('MongoDB', mongoGround(engine.uri))
else describe.skip(`on MongoDB. ${noMongoEngine}`, () => it('a process killed at any boundary ends well', () => {}))
