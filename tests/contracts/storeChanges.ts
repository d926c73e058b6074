import { describe, expect, test } from 'vitest'
import type { Change } from '../../services/store/store.ts'
import type { Doc, OpenCollection } from './store.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n))

const cases: [why: string, before: Omit<Doc, '_id'>, change: Change, after: Omit<Doc, '_id'>][] = [
  ['$set a path makes the objects on the way', { n: 1 }, { $set: { 'a.b.c': 1 } }, { n: 1, a: { b: { c: 1 } } }],
  ['$set replaces an object as a whole', { a: { x: 1 } }, { $set: { a: { y: 2 } } }, { a: { y: 2 } }],
  [
    '$set one step of many',
    { steps: [{ s: 'a' }, { s: 'b', n: 1 }] },
    { $set: { 'steps.1.s': 'done' } },
    { steps: [{ s: 'a' }, { s: 'done', n: 1 }] },
  ],
  ['$set an array element', { list: [1, 2] }, { $set: { 'list.0': 9 } }, { list: [9, 2] }],
  ['$set just past the end of an array', { list: [1] }, { $set: { 'list.1': 2 } }, { list: [1, 2] }],
  ['$set further past the end pads with null', { list: [1] }, { $set: { 'list.3': 2 } }, { list: [1, null, null, 2] }],
  ['$set null', { a: 1 }, { $set: { a: null } }, { a: null }],
  ['$set undefined changes nothing', { a: 1 }, { $set: { a: undefined, b: 2 } }, { a: 1, b: 2 }],
  ['$set a date', {}, { $set: { at: day(1) } }, { at: day(1) }],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', zzz: '' } }, { b: { d: 2 } }],
  ['$unset the last field of an object leaves the object', { b: { c: 1 } }, { $unset: { 'b.c': '' } }, { b: {} }],
  ['$unset an array element leaves null', { list: [1, 2] }, { $unset: { 'list.0': '' } }, { list: [null, 2] }],
  ['$inc', { n: 1 }, { $inc: { n: 2 } }, { n: 3 }],
  ['$inc what is absent', {}, { $inc: { 'count.total': 2 } }, { count: { total: 2 } }],
  ['$inc by nothing makes a zero', {}, { $inc: { n: 0 } }, { n: 0 }],
  ['$inc within an array', { steps: [{ n: 1 }] }, { $inc: { 'steps.0.n': 1 } }, { steps: [{ n: 2 }] }],
  ['$max raises', { n: 1, at: day(1) }, { $max: { n: 3, at: day(2) } }, { n: 3, at: day(2) }],
  ['$max does not lower', { n: 5 }, { $max: { n: 3 } }, { n: 5 }],
  ['$max what is absent', {}, { $max: { n: -3 } }, { n: -3 }],
  ['$max what is null', { n: null }, { $max: { n: -3 } }, { n: -3 }],
  ['$min lowers', { at: day(3) }, { $min: { at: day(2) } }, { at: day(2) }],
  ['$min what is absent', {}, { $min: { n: 3 } }, { n: 3 }],
  ['$min what is null', { n: null }, { $min: { n: 3 } }, { n: null }],
  ['$mul', { n: 3 }, { $mul: { n: 2 } }, { n: 6 }],
  ['$push', { list: [1] }, { $push: { list: 2 } }, { list: [1, 2] }],
  ['$push an object', { list: [] }, { $push: { list: { by: 'x', at: day(1) } } }, { list: [{ by: 'x', at: day(1) }] }],
  ['$push an array is one element', { list: [1] }, { $push: { list: [2, 3] } }, { list: [1, [2, 3]] }],
  ['$push what is absent', {}, { $push: { 'a.list': 1 } }, { a: { list: [1] } }],
  ['$push $each', { list: [1] }, { $push: { list: { $each: [2, 3] } } }, { list: [1, 2, 3] }],
  ['$push $each nothing', { list: [1] }, { $push: { list: { $each: [] } } }, { list: [1] }],
  [
    '$push $slice keeps the last',
    { list: [1, 2, 3] },
    { $push: { list: { $each: [4], $slice: -2 } } },
    { list: [3, 4] },
  ],
  ['$push $slice of fewer', { list: [1] }, { $push: { list: { $each: [2], $slice: -5 } } }, { list: [1, 2] }],
  ['$push $slice when absent', {}, { $push: { list: { $each: [1, 2, 3], $slice: -2 } } }, { list: [2, 3] }],
  ['$push $slice keeps the first', { list: [1] }, { $push: { list: { $each: [2, 3], $slice: 2 } } }, { list: [1, 2] }],
  ['$push $position', { list: [1] }, { $push: { list: { $each: [0], $position: 0 } } }, { list: [0, 1] }],
  [
    '$push $sort',
    { list: [{ n: 2 }] },
    { $push: { list: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: 1 }, $slice: 2 } } },
    { list: [{ n: 1 }, { n: 2 }] },
  ],
  ['$addToSet', { set: ['a'] }, { $addToSet: { set: 'b', other: 'c' } }, { set: ['a', 'b'], other: ['c'] }],
  ['$addToSet what is there', { set: ['a'] }, { $addToSet: { set: 'a' } }, { set: ['a'] }],
  ['$addToSet $each', { set: ['a'] }, { $addToSet: { set: { $each: ['a', 'b', 'b'] } } }, { set: ['a', 'b'] }],
  ['$addToSet keeps doubles that were there', { set: [1, 1] }, { $addToSet: { set: 2 } }, { set: [1, 1, 2] }],
  ['$pull a value', { set: ['a', 'b', 'a'] }, { $pull: { set: 'a' } }, { set: ['b'] }],
  ['$pull by condition', { list: [{ n: 1, k: 1 }, { n: 2 }] }, { $pull: { list: { n: 1 } } }, { list: [{ n: 2 }] }],
  ['$pull $in', { set: ['a', 'b', 'c'] }, { $pull: { set: { $in: ['a', 'c'] } } }, { set: ['b'] }],
  ['$pull what is absent', {}, { $pull: { set: 'a' } }, {}],
  ['$pop', { list: [1, 2, 3] }, { $pop: { list: 1 } }, { list: [1, 2] }],
  ['$rename', { a: 1 }, { $rename: { a: 'b' } }, { b: 1 }],
  ['several operators at once', { n: 1, a: 1 }, { $set: { b: 2 }, $inc: { n: 1 }, $unset: { a: '' } }, { n: 2, b: 2 }],
  ['$setOnInsert is for inserts only', { n: 1 }, { $setOnInsert: { a: 1 }, $set: { b: 1 } }, { n: 1, b: 1 }],
]

const misfits: [why: string, before: Omit<Doc, '_id'>, change: Change][] = [
  ['$inc on text', { v: 'text' }, { $inc: { v: 1 } }],
  ['$inc on null', { v: null }, { $inc: { v: 1 } }],
  ['$push on null', { v: null }, { $push: { v: 1 } }],
  ['$push on an object', { v: {} }, { $push: { v: 1 } }],
  ['$addToSet on text', { v: 'text' }, { $addToSet: { v: 1 } }],
  ['$pull on text', { v: 'text' }, { $pull: { v: 1 } }],
  ['$set below text', { v: 'text' }, { $set: { 'v.x': 1 } }],
  ['$set below null', { v: null }, { $set: { 'v.x': 1 } }],
  ['$set a field of an array', { v: [{ x: 1 }] }, { $set: { 'v.x': 2 } }],
  ['two changes of one path', { v: 1 }, { $set: { v: 2 }, $inc: { v: 1 } }],
  ['two changes of a path and one below', { v: {} }, { $set: { v: {}, 'v.x': 1 } }],
  ['a new _id', { v: 1 }, { $set: { _id: 'other' } }],
  ['an unknown operator', { v: 1 }, { $frobnicate: { v: 1 } }],
]

export function changeContract(collection: OpenCollection): void {
  describe('changes', () => {
    test('every change does what it does in MongoDB, and the answer is what is stored', async () => {
      const all = await collection()
      const got: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const [why, before, change, after] of cases) {
        await all.insert({ _id: why, ...before })
        got[why] = await all.update({ _id: why }, change)
        expected[why] = { _id: why, ...after }
        expect(await all.get(why), why).toEqual(got[why])
      }
      expect(got).toEqual(expected)
    })

    test('a change that does not fit the document is refused and changes nothing', async () => {
      const all = await collection()
      const accepted: string[] = []
      const left: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const [why, before, change] of misfits) {
        await all.insert({ _id: why, ...before })
        await all.update({ _id: why }, change).then(
          () => accepted.push(why),
          () => undefined,
        )
        left[why] = await all.get(why)
        expected[why] = { _id: why, ...before }
      }
      expect(accepted).toEqual([])
      expect(left).toEqual(expected)
    })

    test('update takes the first by sort, and nothing when nothing matches', async () => {
      const all = await collection([{ keys: { n: 1 } }])
      for (const n of [2, 1, 3]) await all.insert({ _id: `${n}`, n })
      expect(await all.update({ n: { $gte: 1 } }, { $set: { hit: true } }, { sort: { n: 1 } })).toMatchObject({ n: 1 })
      expect(await all.update({ hit: null }, { $set: { hit: true } }, { sort: { n: -1 } })).toMatchObject({ n: 3 })
      expect(await all.update({ n: 9 }, { $set: { hit: true } })).toBeUndefined()
      expect(await all.count({ hit: true })).toBe(2)
    })

    test('the positional $ changes the element that the query found', async () => {
      const all = await collection()
      const steps = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
      await all.insert({ _id: 'x', steps })
      const got = await all.update({ _id: 'x', 'steps.id': 'b' }, { $set: { 'steps.$.done': true } })
      expect(got?.steps).toEqual([{ id: 'a' }, { id: 'b', done: true }, { id: 'c' }])
    })

    test('upsert inserts what the query demands and the change sets', async () => {
      const all = await collection()
      const change = { $setOnInsert: { made: day(1), 'deep.x': 1 }, $set: { a: 1 }, $inc: { n: 1 }, $push: { l: 1 } }
      const query = { _id: 'k', kind: 'x', 'p.q': 2, n2: { $gt: 1 }, $and: [{ z: { $eq: 3 } }] }
      const first = await all.update(query, change, { upsert: true })
      const made = { _id: 'k', kind: 'x', p: { q: 2 }, z: 3, made: day(1), deep: { x: 1 }, a: 1, n: 1, l: [1] }
      expect(first).toEqual(made)
      const second = await all.update({ _id: 'k' }, { ...change, $set: { a: 2 } }, { upsert: true })
      expect(second).toEqual({ ...made, a: 2, n: 2, l: [1, 1] })
      expect(await all.count({})).toBe(1)
    })

    test('upsert without an _id makes one of text', async () => {
      const all = await collection()
      const made = await all.update({ key: 'k' }, { $set: { a: 1 } }, { upsert: true })
      expect(typeof made?._id).toBe('string')
      const chosen = await all.update({ key: 'l' }, { $setOnInsert: { _id: 'mine' } }, { upsert: true })
      expect(chosen).toEqual({ _id: 'mine', key: 'l' })
    })

    test('updateMany changes all that match and counts them', async () => {
      const all = await collection()
      for (let n = 0; n < 5; n++) await all.insert({ _id: `${n}`, n })
      expect(await all.updateMany({ n: { $gte: 2 } }, { $inc: { n: 10 }, $set: { up: true } })).toBe(3)
      expect(await all.updateMany({ n: { $gte: 12 } }, { $set: { up: true } })).toBe(3)
      expect(await all.updateMany({ n: 99 }, { $set: { up: true } })).toBe(0)
      expect((await all.find({}, { sort: { n: 1 } })).map((each) => each.n)).toEqual([0, 1, 12, 13, 14])
    })

    test('documents hold plain data with plain names only', async () => {
      const all = await collection()
      const misfits = [{ 'a.b': 1 }, { $a: 1 }, { f: () => 1 }, { n: NaN }, { m: new Map() }, { d: new Date(NaN) }]
      misfits.push(JSON.parse('{"__proto__":1}') as never)
      for (const misfit of misfits) await expect(all.insert({ _id: 'x', deep: misfit })).rejects.toThrow(TypeError)
      expect(await all.count({})).toBe(0)
    })
  })
}
