import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { createMongoStore } from '../../services/store/mongo.ts'
import { valueAt } from '../../services/store/embedded/paths.ts'
import type { Change, Collection, Query, Sort } from '../../services/store/store.ts'
import type { Doc } from '../contracts/store.ts'
import { mongoEngine, noMongoEngine } from '../support/mongoEngine.ts'

const engine = await mongoEngine()
afterAll(() => engine?.stop())

/** The same numbers at every run, so that a failure can be looked at again (mulberry32). */
function createDice(seed: number) {
  let state = seed
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
}

type Dice = ReturnType<typeof createDice>

const dates = [new Date('2026-01-01'), new Date('2026-06-01')] as const
const scalars = [0, 1, 2, 5, 'x', 'y', '1', true, false, ...dates] as const
const paths = ['a', 'b', 'o.x', 'o.y', 's.k', 's.n', 's.0.k', 's.1', 'tags', 'tags.0', 'o', 's'] as const

function aDocument(dice: Dice, _id: string): Doc {
  const value = (): unknown => dice([...scalars, null, undefined])
  const step = (): object => ({ k: dice(['x', 'y', null]), n: dice([0, 1, 5, undefined]) })
  return {
    _id,
    a: value(),
    b: dice([value(), [dice([1, 2]), dice([2, 5])]]),
    o: dice([undefined, null, { x: value() }, { x: value(), y: value() }]),
    s: dice([undefined, [], [step()], [step(), step()], [step(), step(), step()]]),
    tags: dice([undefined, [], ['x'], ['x', 'y'], 'x']),
  }
}

function aCondition(dice: Dice): unknown {
  const value = dice(scalars)
  return dice<unknown>([
    value,
    null,
    { $ne: dice([value, null]) },
    { $in: [value, dice([...scalars, null])] },
    { $nin: [value, dice([...scalars, null])] },
    { [dice(['$gt', '$gte', '$lt', '$lte'])]: value },
    { $gte: dice([0, 1]), $lt: dice([2, 5]) },
    { $exists: dice([true, false]) },
    { $not: dice<object>([{ $gt: value }, { $in: [value] }]) },
    { $elemMatch: { k: dice(['x', 'y']), n: { $gte: dice([0, 1]) } } },
    { $size: dice([0, 1, 2]) },
  ])
}

function aQuery(dice: Dice, depth = 0): Query {
  if (depth < 2 && dice([1, 2, 3, 4]) === 1) {
    return { [dice(['$and', '$or', '$nor'])]: [aQuery(dice, depth + 1), aQuery(dice, depth + 1)] }
  }
  return { [dice(paths)]: aCondition(dice), ...(dice([true, false]) ? { [dice(paths)]: aCondition(dice) } : {}) }
}

function aChange(dice: Dice): Change {
  const operator = dice(['$set', '$unset', '$inc', '$max', '$min', '$push', '$addToSet', '$pull', '$pop'] as const)
  const list = { $each: [dice(scalars), dice(scalars)], ...(dice([true, false]) ? { $slice: dice([-3, -1, 2]) } : {}) }
  const operand = {
    $set: dice<unknown>([dice(scalars), null, { x: dice(scalars) }, [dice(scalars)]]),
    $unset: '',
    $inc: dice([1, -2]),
    $max: dice(scalars),
    $min: dice(scalars),
    $push: dice<unknown>([dice(scalars), list]),
    $addToSet: dice<unknown>([dice(scalars), { $each: [dice(scalars), dice(scalars)] }]),
    $pull: dice<unknown>([dice(scalars), { $in: [dice(scalars), dice(scalars)] }]),
    $pop: dice([1, -1]),
  }[operator]
  // A list is neither more nor less than a number to anyone but MongoDB.
  const path = operator === '$max' || operator === '$min' ? dice(['a', 'o.x', 'n'] as const) : dice(paths)
  return { [operator]: { [path]: operand } }
}

async function onBoth(indexed: boolean): Promise<Collection<Doc>[]> {
  const spec = {
    name: `c${randomUUID()}`,
    indexes: indexed ? ['a', 'b', 'o.x'].map((key) => ({ keys: { [key]: 1 as const } })) : [],
  }
  const mongo = await createMongoStore({ uri: engine?.uri ?? '', database: `latchkey-test-${randomUUID()}` })
  const embedded = await createEmbeddedStore()
  afterAll(async () => {
    await mongo.close()
    await embedded.close()
  })
  return [await mongo.collection<Doc>(spec), await embedded.collection<Doc>(spec)]
}

interface Look {
  query: Query
  sort: Sort
  limit: number
}

/** What matches, how many there are, and what comes first: of equals either may, so their values are told. */
async function seen(collection: Collection<Doc>, { query, sort, limit }: Look): Promise<unknown> {
  const [path = ''] = Object.keys(sort)
  try {
    const all = await collection.find(query, { sort: { _id: 1 } })
    const first = await collection.find(query, { sort, limit })
    return {
      ids: all.map(({ _id }) => _id),
      count: await collection.count(query),
      first: first.map((document) => valueAt(document, path) ?? null),
    }
  } catch {
    return 'refused'
  }
}

describe.skipIf(!engine)(engine ? 'the two engines' : noMongoEngine, () => {
  test.each([false, true])(
    'find the same for five hundred random queries (indexes: %s)',
    { timeout: 60_000 },
    async (indexed) => {
      const dice = createDice(indexed ? 11 : 7)
      const [mongo, embedded] = (await onBoth(indexed)) as [Collection<Doc>, Collection<Doc>]
      for (let n = 0; n < 60; n++) {
        const document = aDocument(dice, `${n}`)
        await mongo.insert(document)
        await embedded.insert(document)
      }
      const differences: unknown[] = []
      for (let n = 0; n < 500; n++) {
        const sort = { [dice(['a', 'o.x'])]: dice([1, -1] as const) }
        const look = { query: aQuery(dice), sort, limit: dice([1, 3, 20]) }
        const [theirs, ours] = [await seen(mongo, look), await seen(embedded, look)]
        if (JSON.stringify(theirs) !== JSON.stringify(ours))
          differences.push({ look: JSON.stringify(look), theirs, ours })
      }
      expect(differences).toEqual([])
    },
  )

  test('do the same for five hundred random changes', { timeout: 60_000 }, async () => {
    const dice = createDice(3)
    const [mongo, embedded] = (await onBoth(true)) as [Collection<Doc>, Collection<Doc>]
    const differences: unknown[] = []
    for (let n = 0; n < 500; n++) {
      const document = aDocument(dice, `${n}`)
      const change = aChange(dice)
      const results: unknown[] = []
      for (const collection of [mongo, embedded]) {
        await collection.insert(document)
        results.push(await collection.update({ _id: `${n}` }, change).catch(() => 'refused'))
      }
      const [theirs, ours] = results
      try {
        expect(ours).toEqual(theirs)
      } catch {
        differences.push({ document, change: JSON.stringify(change), theirs, ours })
      }
    }
    expect(differences).toEqual([])
  })
})
