import { describe, expect, test } from 'vitest'
import { DuplicateKey } from '../../services/store/store.ts'
import type { OpenCollection } from './store.ts'

export function indexContract(collection: OpenCollection): void {
  describe('unique indexes', () => {
    test('an _id is taken once', async () => {
      const all = await collection()
      await all.insert({ _id: 'x', n: 1 })
      await expect(all.insert({ _id: 'x', n: 2 })).rejects.toBeInstanceOf(DuplicateKey)
      expect(await all.get('x')).toEqual({ _id: 'x', n: 1 })
    })

    test('a value is taken once, by insert, by update and by upsert, and is free again after removal', async () => {
      const all = await collection([{ keys: { seq: 1 }, unique: true }])
      await all.insert({ _id: 'a', seq: 1 })
      await all.insert({ _id: 'b', seq: 2 })
      await expect(all.insert({ _id: 'c', seq: 1 })).rejects.toBeInstanceOf(DuplicateKey)
      await expect(all.update({ _id: 'b' }, { $set: { seq: 1 } })).rejects.toBeInstanceOf(DuplicateKey)
      await expect(all.update({ _id: 'c', seq: 1 }, { $set: { x: 1 } }, { upsert: true })).rejects.toBeInstanceOf(
        DuplicateKey,
      )
      expect(await all.find({}, { sort: { _id: 1 } })).toEqual([
        { _id: 'a', seq: 1 },
        { _id: 'b', seq: 2 },
      ])
      await all.remove({ _id: 'a' })
      await all.update({ _id: 'b' }, { $set: { seq: 1 } })
      expect(await all.insert({ _id: 'c', seq: 2 })).toEqual({ _id: 'c', seq: 2 })
    })

    test('text and number are different values', async () => {
      const all = await collection([{ keys: { v: 1 }, unique: true }])
      for (const [id, v] of Object.entries({ a: 1, b: '1', c: true, d: 'true', e: new Date(1) })) {
        await all.insert({ _id: id, v })
      }
      await expect(all.insert({ _id: 'f', v: new Date(1) })).rejects.toBeInstanceOf(DuplicateKey)
    })

    test('only one document may be without the value, unless the index is sparse', async () => {
      const strict = await collection([{ keys: { key: 1 }, unique: true }])
      await strict.insert({ _id: 'a' })
      await expect(strict.insert({ _id: 'b' })).rejects.toBeInstanceOf(DuplicateKey)
      await expect(strict.insert({ _id: 'c', key: null })).rejects.toBeInstanceOf(DuplicateKey)
      const sparse = await collection([{ keys: { key: 1 }, unique: true, sparse: true }])
      for (const id of ['a', 'b', 'c']) await sparse.insert({ _id: id })
      await sparse.insert({ _id: 'd', key: 'k' })
      await expect(sparse.insert({ _id: 'e', key: 'k' })).rejects.toBeInstanceOf(DuplicateKey)
      await expect(sparse.update({ _id: 'a' }, { $set: { key: 'k' } })).rejects.toBeInstanceOf(DuplicateKey)
      expect(await sparse.count({ key: null })).toBe(3)
    })

    test('a sparse index leaves out the absent, not null', async () => {
      const all = await collection([{ keys: { key: 1 }, unique: true, sparse: true }])
      await all.insert({ _id: 'a', key: null })
      await expect(all.insert({ _id: 'b', key: null })).rejects.toBeInstanceOf(DuplicateKey)
    })

    test('a pair of values is taken once', async () => {
      const all = await collection([{ keys: { tenant: 1, 'user.id': 1 }, unique: true }])
      await all.insert({ _id: 'a', tenant: 't1', user: { id: 'u1' } })
      await all.insert({ _id: 'b', tenant: 't1', user: { id: 'u2' } })
      await all.insert({ _id: 'c', tenant: 't2', user: { id: 'u1' } })
      await expect(all.insert({ _id: 'd', tenant: 't1', user: { id: 'u1' } })).rejects.toBeInstanceOf(DuplicateKey)
      await expect(all.update({ _id: 'c' }, { $set: { tenant: 't1' } })).rejects.toBeInstanceOf(DuplicateKey)
      expect(await all.find({ tenant: 't1', 'user.id': 'u2' })).toHaveLength(1)
    })

    test('a value in a list is taken once across documents', async () => {
      const all = await collection([{ keys: { domains: 1 }, unique: true }])
      await all.insert({ _id: 'a', domains: ['x.com', 'y.com'] })
      await expect(all.insert({ _id: 'b', domains: ['z.com', 'y.com'] })).rejects.toBeInstanceOf(DuplicateKey)
      await all.insert({ _id: 'c', domains: ['z.com'] })
      expect((await all.find({ domains: { $in: ['x.com', 'y.com'] } })).map((each) => each._id)).toEqual(['a'])
    })
  })

  describe('races', () => {
    test('of fifty that claim at once, each gets a document of its own', async () => {
      const all = await collection([{ keys: { dueAt: 1 } }])
      const now = new Date('2026-01-01T00:00:00Z')
      for (let n = 0; n < 40; n++) await all.insert({ _id: `${n}`, dueAt: new Date(now.getTime() - n), lease: null })
      const claims = await Promise.all(
        Array.from({ length: 50 }, (_, worker) =>
          all.update({ dueAt: { $lte: now }, lease: null }, { $set: { lease: worker } }, { sort: { dueAt: 1 } }),
        ),
      )
      const claimed = claims.flatMap((claim) => (claim ? [claim._id] : []))
      expect(claimed).toHaveLength(40)
      expect(new Set(claimed).size).toBe(40)
    })

    test('of twenty that take one value at once, one succeeds', async () => {
      const all = await collection([{ keys: { seq: 1 }, unique: true }])
      const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => all.insert({ _id: `${n}`, seq: 1 })))
      const refused = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
      expect(refused).toHaveLength(19)
      expect(refused.every((reason) => reason instanceof DuplicateKey)).toBe(true)
    })

    test('twenty increments at once add up', async () => {
      const all = await collection()
      await all.insert({ _id: 'x', n: 0 })
      await Promise.all(Array.from({ length: 20 }, () => all.update({ _id: 'x' }, { $inc: { n: 1 } })))
      expect(await all.get('x')).toEqual({ _id: 'x', n: 20 })
    })

    test('of two decisions on one version, one is made', async () => {
      const all = await collection()
      await all.insert({ _id: 'r', status: 'pending', version: 1 })
      const decide = (status: string) =>
        all.update({ _id: 'r', status: 'pending', version: 1 }, { $set: { status }, $inc: { version: 1 } })
      const made = await Promise.all([decide('approved'), decide('rejected')])
      expect(made.filter(Boolean)).toHaveLength(1)
      expect(await all.get('r')).toEqual(made.find(Boolean))
    })
  })
}
