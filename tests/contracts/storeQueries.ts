import { describe, expect, test } from 'vitest'
import type { Query } from '../../services/store/store.ts'
import type { Doc, OpenCollection } from './store.ts'

const early = new Date('2026-01-01T00:00:00Z')
const late = new Date('2026-06-01T00:00:00Z')

const documents: Doc[] = [
  { _id: 'null', at: null, n: null, name: null, tags: null, steps: [] },
  { _id: 'absent' },
  { _id: 'one', at: early, n: 1, name: 'Adele', tags: ['red', 'blue'], steps: [{ kind: 'a', status: 'done', n: 1 }] },
  {
    _id: 'two',
    at: late,
    n: 2,
    name: 'adèle',
    tags: ['blue'],
    steps: [
      { kind: 'a', status: 'failed', n: 5 },
      { kind: 'b', status: 'done', n: 9 },
    ],
  },
  { _id: 'text', at: '2026-03-01', n: '1', name: 'Bo (x)', tags: 'blue', steps: { kind: 'a', status: 'done' } },
  { _id: 'nested', n: [1, 7], lease: { owner: 'w1', until: late }, tags: [] },
]

const cases: [why: string, query: Query, found: string[]][] = [
  ['everything', {}, ['null', 'absent', 'one', 'two', 'text', 'nested']],
  ['null finds null and absent', { at: null }, ['null', 'absent', 'nested']],
  ['null in a path finds the absent', { 'lease.owner': null }, ['null', 'absent', 'one', 'two', 'text']],
  ['null behind a list finds the empty list too', { 'steps.n': null }, ['null', 'absent', 'text', 'nested']],
  [
    'one absent among several is absent',
    { 'steps.1.n': { $in: [null, 3] } },
    ['null', 'absent', 'one', 'two', 'text', 'nested'],
  ],
  ['not null', { at: { $ne: null } }, ['one', 'two', 'text']],
  ['$exists tells null from absent', { at: { $exists: true } }, ['null', 'one', 'two', 'text']],
  ['not existing', { at: { $exists: false } }, ['absent', 'nested']],
  ['$ne finds the absent too', { name: { $ne: 'Adele' } }, ['null', 'absent', 'two', 'text', 'nested']],
  ['$ne on an array means none of them', { tags: { $ne: 'red' } }, ['null', 'absent', 'two', 'text', 'nested']],
  ['equal dates', { at: new Date(early) }, ['one']],
  ['dates compare with dates only', { at: { $lte: late } }, ['one', 'two']],
  ['a range of dates', { at: { $gt: early, $lte: late } }, ['two']],
  ['numbers compare with numbers only', { n: { $gte: 0 } }, ['one', 'two', 'nested']],
  ['text compares with text only', { n: { $gte: '0' } }, ['text']],
  ['1 is not "1"', { n: 1 }, ['one', 'nested']],
  ['$in', { n: { $in: [2, '1'] } }, ['two', 'text']],
  ['$in with null finds the absent', { n: { $in: [null, 2] } }, ['null', 'absent', 'two']],
  ['$in nothing', { n: { $in: [] } }, []],
  ['$nin finds the absent', { n: { $nin: [1, 2] } }, ['null', 'absent', 'text']],
  ['an array holds', { tags: 'blue' }, ['one', 'two', 'text']],
  ['an array equals', { tags: ['red', 'blue'] }, ['one']],
  ['an empty array equals', { tags: [] }, ['nested']],
  ['$all', { tags: { $all: ['blue', 'red'] } }, ['one']],
  ['$size', { tags: { $size: 1 } }, ['two']],
  ['a path into an array of objects', { 'steps.status': 'done' }, ['one', 'two', 'text']],
  ['a path with a position', { 'steps.1.status': 'done' }, ['two']],
  ['two paths may be met by two elements', { 'steps.kind': 'a', 'steps.n': 9 }, ['two']],
  ['$elemMatch wants one element', { steps: { $elemMatch: { kind: 'a', n: { $gt: 2 } } } }, ['two']],
  ['$elemMatch misses across elements', { steps: { $elemMatch: { kind: 'a', n: 9 } } }, []],
  ['$elemMatch on plain values', { n: { $elemMatch: { $gt: 5, $lt: 8 } } }, ['nested']],
  ['a range on an array may be met by two elements', { n: { $gt: 1, $lt: 7 } }, ['two', 'nested']],
  ['$not', { n: { $not: { $gt: 1 } } }, ['null', 'absent', 'one', 'text']],
  ['$or', { $or: [{ n: 2 }, { name: 'Adele' }] }, ['one', 'two']],
  ['$and', { $and: [{ tags: 'blue' }, { n: { $type: 'number' } }] }, ['one', 'two']],
  ['$nor', { $nor: [{ n: 2 }, { at: null }] }, ['one', 'text']],
  ['$regex is case-sensitive', { name: { $regex: '^ad' } }, ['two']],
  ['$regex with option i', { name: { $regex: '^AD', $options: 'i' } }, ['one', 'two']],
  ['an escaped $regex', { name: { $regex: '\\(x\\)$' } }, ['text']],
  ['a nested object by path', { 'lease.until': { $lte: late } }, ['nested']],
  ['a nested object as a whole', { lease: { owner: 'w1', until: late } }, ['nested']],
  ['a part of a nested object is not the whole', { lease: { owner: 'w1' } }, []],
  ['$expr', { $expr: { $eq: ['$n', 2] } }, ['two']],
]

const ids = (found: { _id: string }[]): string[] => found.map((each) => each._id)

export function queryContract(collection: OpenCollection): void {
  const everyField = ['at', 'n', 'name', 'tags'].map((field) => ({ keys: { [field]: 1 } as const }))

  describe('queries', () => {
    describe.each([
      ['without indexes', []],
      ['with indexes', everyField],
    ])('%s', (_, indexes) => {
      test('every query finds what it finds in MongoDB', async () => {
        const all = await collection(indexes)
        for (const document of documents) await all.insert(document)
        const found: Record<string, string[]> = {}
        const counted: Record<string, number> = {}
        const expected: Record<string, string[]> = {}
        for (const [why, query, wanted] of cases) {
          found[why] = ids(await all.find(query)).sort()
          expected[why] = [...wanted].sort()
          counted[why] = await all.count(query)
        }
        expect(found).toEqual(expected)
        expect(counted).toEqual(Object.fromEntries(cases.map(([why, , wanted]) => [why, wanted.length])))
      })
    })

    test('sort orders by type, then by value, with the absent first', async () => {
      const all = await collection()
      for (const n of [3, 'b', null, new Date(0), 1, 'B', 'a', true]) await all.insert({ _id: JSON.stringify(n), n })
      await all.insert({ _id: 'absent' })
      const up = ids(await all.find({}, { sort: { n: 1, _id: 1 } }))
      expect(up).toEqual(['absent', 'null', '1', '3', '"B"', '"a"', '"b"', 'true', '"1970-01-01T00:00:00.000Z"'])
      expect(ids(await all.find({}, { sort: { n: -1, _id: -1 } }))).toEqual([...up].reverse())
    })

    test('sort by several fields, skip and limit page through everything once', async () => {
      const all = await collection([{ keys: { group: 1 } }])
      for (let n = 0; n < 10; n++) await all.insert({ _id: `${n}`, group: n % 2, n })
      const pages: string[] = []
      for (let skip = 0; skip < 12; skip += 3) {
        pages.push(...ids(await all.find({}, { sort: { group: -1, n: 1 }, skip, limit: 3 })))
      }
      expect(pages).toEqual(['1', '3', '5', '7', '9', '0', '2', '4', '6', '8'])
      expect(ids(await all.find({ group: 1, n: { $lt: 6 } }, { sort: { n: -1 }, limit: 2 }))).toEqual(['5', '3'])
    })

    test('a document comes back as it went in, whatever is tried on what was read', async () => {
      const all = await collection()
      const document = {
        _id: 'x',
        at: early,
        list: [{ n: 1 }],
        none: null,
        gone: undefined,
        text: 'é名\u2028\u0085\n"',
      }
      const inserted = await all.insert(document)
      document.list.push({ n: 2 })
      tryTo(() => (inserted.at = null))
      const [found] = await all.find({ _id: 'x' })
      tryTo(() => (found?.list as unknown[]).push('changed'))
      const updated = await all.update({ _id: 'x' }, { $set: { other: { n: 1 } } })
      tryTo(() => Object.assign(updated?.other as object, { n: 2 }))
      tryTo(() => Object.assign(updated ?? {}, { other: 'changed' }))
      await all.update({ _id: 'x', other: { n: 1 } }, { $unset: { other: true } })
      const expected = { _id: 'x', at: early, list: [{ n: 1 }], none: null, text: document.text }
      const got = await all.get('x')
      expect(got).toEqual(expected)
      expect(got && 'gone' in got).toBe(false)
      expect(await all.get('y')).toBeUndefined()
    })

    test('a query with an undefined value is refused, not read as "whatever has none"', async () => {
      const all = await collection()
      await all.insert({ _id: 'x' })
      await expect(all.find({ requestId: undefined })).rejects.toThrow(/requestId/)
      await expect(all.remove({ $or: [{ a: { $in: [undefined] } }] })).rejects.toThrow(TypeError)
      await expect(all.update({ _id: undefined }, { $set: { a: 1 } })).rejects.toThrow(TypeError)
      await expect(all.find({ dueAt: { $lte: null } })).rejects.toThrow(/null/)
      expect(await all.count({})).toBe(1)
    })

    test('aggregate groups, sorts and counts', async () => {
      const all = await collection()
      for (let n = 0; n < 6; n++) await all.insert({ _id: `${n}`, by: n % 2 ? 'odd' : 'even', n, tags: ['a', `${n}`] })
      const groups = await all.aggregate<{ _id: string; sum: number; most: number }>([
        { $match: { n: { $gte: 1 } } },
        { $group: { _id: '$by', sum: { $sum: '$n' }, most: { $max: '$n' } } },
        { $sort: { _id: 1 } },
      ])
      expect(groups).toEqual([
        { _id: 'even', sum: 6, most: 4 },
        { _id: 'odd', sum: 9, most: 5 },
      ])
      expect(await all.aggregate([{ $unwind: '$tags' }, { $match: { tags: 'a' } }, { $count: 'found' }])).toEqual([
        { found: 6 },
      ])
    })

    test('remove says how many', async () => {
      const all = await collection([{ keys: { n: 1 } }])
      for (let n = 0; n < 5; n++) await all.insert({ _id: `${n}`, n })
      expect(await all.remove({ n: { $gte: 3 } })).toBe(2)
      expect(await all.remove({ n: { $gte: 3 } })).toBe(0)
      expect(await all.remove({ _id: '0' })).toBe(1)
      expect(ids(await all.find({}, { sort: { n: 1 } }))).toEqual(['1', '2'])
    })
  })
}

/** One engine keeps what was read frozen, the other hands out copies: to change it fails or has no effect. */
function tryTo(change: () => unknown): void {
  try {
    change()
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
  }
}
