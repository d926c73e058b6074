import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson, sha256Hex } from '../../services/canonicalJson.ts'
import { createHistory } from '../../services/history/index.ts'
import type { Fact, History, HistoryEntry } from '../../services/history/index.ts'
import type { Collection, Store } from '../../services/store/store.ts'
import { describeOnEveryStore } from '../support/stores.ts'

const key = randomBytes(32)
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n))
const clock = { now: () => day(1) }

const fact = (over: Partial<Fact> = {}): Fact => ({
  kind: 'request.created',
  actor: { kind: 'person', id: 'adele-id', name: 'Adele Vance' },
  directoryId: 'contoso',
  data: {},
  ...over,
})

async function lines(history: History): Promise<string[]> {
  const all: string[] = []
  for await (const line of history.export({})) all.push(line)
  return all
}

await describeOnEveryStore('history', (open) => {
  async function begin(): Promise<{ store: Store; history: History; entries: Collection<HistoryEntry> }> {
    const store = await open()
    const history = await createHistory({ store, clock, key })
    const entries = await store.collection<HistoryEntry>({ name: 'history', indexes: [] })
    return { store, history, entries }
  }

  async function grown(count: number): ReturnType<typeof begin> {
    const all = await begin()
    for (let n = 1; n <= count; n++) await all.history.append(fact({ data: { n }, at: day(n) }))
    return all
  }

  test('each entry is linked to the one before', async () => {
    const { history } = await begin()
    const first = await history.append(fact())
    const second = await history.append(fact({ kind: 'request.approved', data: { stage: 1, groups: ['a', 'b'] } }))
    expect([first.seq, second.seq]).toEqual([1, 2])
    expect(second.prevHash).toBe(first.hash)
    expect(second.at).toEqual(day(1))
    expect(await history.verify()).toEqual({ ok: true, entries: 2, head: second.hash })
  })

  test('an empty history is in order', async () => {
    const { history } = await begin()
    expect(await history.verify()).toEqual({ ok: true, entries: 0, head: undefined })
  })

  test('a fact told twice under one key is one entry', async () => {
    const { store, history } = await begin()
    const first = await history.append(fact({ key: 'r1:2:0', data: { n: 1 } }))
    const again = await history.append(fact({ key: 'r1:2:0', data: { n: 2 } }))
    const elsewhere = await createHistory({ store, clock, key })
    await Promise.all([elsewhere, history].map((each) => each.append(fact({ key: 'r1:3:0' }))))
    expect(again).toEqual(first)
    expect(await history.verify()).toMatchObject({ ok: true, entries: 2 })
  })

  test('two processes that append at once make one chain', async () => {
    const { store, history } = await begin()
    const other = await createHistory({ store, clock, key })
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => (n % 2 ? history : other).append(fact({ key: `${n % 50}`, data: { n } }))),
    )
    expect(await history.verify()).toMatchObject({ ok: true, entries: 50 })
    expect((await history.search({ limit: 100 })).map((each) => each.seq)).toEqual(
      Array.from({ length: 50 }, (_, n) => 50 - n),
    )
  })

  test('an entry that somebody edited is named', async () => {
    const { history, entries } = await grown(5)
    await entries.update({ seq: 3 }, { $set: { 'data.n': 99 } })
    expect(await history.verify()).toEqual({ ok: false, entries: 2, brokenAt: 3, reason: 'altered' })
    await entries.update({ seq: 1 }, { $set: { requestId: 'slipped in' } })
    expect(await history.verify()).toMatchObject({ ok: false, brokenAt: 1, reason: 'altered' })
  })

  test('an edit with its hash made anew is found at the entry that followed', async () => {
    const { history, entries } = await grown(5)
    const [third] = await entries.find({ seq: 3 })
    if (!third) throw new Error('no entry')
    const edited = { ...third, data: { n: 99 }, hash: undefined }
    await entries.update({ seq: 3 }, { $set: { data: edited.data, hash: sha256Hex(canonicalJson(edited)) } })
    expect(await history.verify()).toEqual({ ok: false, entries: 3, brokenAt: 4, reason: 'relinked' })
  })

  test('an entry that somebody removed is named', async () => {
    const { history, entries } = await grown(5)
    await entries.remove({ seq: 4 })
    expect(await history.verify()).toEqual({ ok: false, entries: 3, brokenAt: 4, reason: 'missing' })
    await entries.remove({ seq: 1 })
    expect(await history.verify()).toEqual({ ok: false, entries: 0, brokenAt: 1, reason: 'missing' })
  })

  test('an entry put far beyond the end is found at once', async () => {
    const { history, entries } = await grown(3)
    const [third] = await entries.find({ seq: 3 })
    if (third) await entries.insert({ ...third, _id: 'far', seq: 10 ** 15 })
    expect(await history.verify()).toEqual({ ok: false, entries: 3, brokenAt: 4, reason: 'missing' })
  })

  test('a chain longer than a page is walked to its end', async () => {
    const { history, entries } = await begin()
    await Promise.all(Array.from({ length: 1_050 }, (_, n) => history.append(fact({ data: { n } }))))
    expect(await history.verify()).toMatchObject({ ok: true, entries: 1_050 })
    expect(await lines(history)).toHaveLength(1_050)
    await entries.update({ seq: 1_020 }, { $set: { kind: 'request.approved' } })
    expect(await history.verify()).toMatchObject({ ok: false, entries: 1_019, brokenAt: 1_020 })
  })

  test('pruning removes the old end and the rest still holds, also after a restart', async () => {
    const { store, history, entries } = await grown(6)
    expect(await history.prune(day(4))).toBe(3)
    expect(await history.verify()).toMatchObject({ ok: true, entries: 3 })
    expect((await history.search({})).map((each) => each.seq)).toEqual([6, 5, 4])
    const later = await createHistory({ store, clock, key })
    expect(await later.append(fact())).toMatchObject({ seq: 7 })
    expect(await later.verify()).toMatchObject({ ok: true, entries: 4 })
    await entries.remove({ seq: 4 })
    expect(await later.verify()).toMatchObject({ ok: false, brokenAt: 4, reason: 'missing' })
  })

  test('a history pruned to nothing goes on where it was', async () => {
    const { store, history } = await grown(3)
    expect(await history.prune(day(30))).toBe(3)
    expect(await history.prune(day(30))).toBe(0)
    expect(await (await createHistory({ store, clock, key })).append(fact())).toMatchObject({ seq: 4 })
    expect(await history.verify()).toMatchObject({ ok: true, entries: 1 })
  })

  test('an old entry behind a recent one is kept: only the end is pruned', async () => {
    const { history } = await begin()
    for (const at of [day(1), day(9), day(2)]) await history.append(fact({ at }))
    expect(await history.prune(day(5))).toBe(1)
    expect(await history.verify()).toMatchObject({ ok: true, entries: 2 })
  })

  test('a checkpoint that we did not sign is named, and so hides nothing', async () => {
    const { store, history, entries } = await grown(4)
    await history.prune(day(2))
    const [third] = await entries.find({ seq: 3 })
    const checkpoints = await store.collection({ name: 'historyCheckpoints', indexes: [] })
    await checkpoints.update({ _id: 'checkpoint' }, { $set: { seq: 3, hash: third?.hash } })
    await entries.remove({ seq: { $lte: 3 } })
    expect(await history.verify()).toMatchObject({ ok: false, reason: 'forged-checkpoint' })
  })

  test('without a key nothing is pruned', async () => {
    const { store } = await grown(3)
    const keyless = await createHistory({ store, clock })
    await expect(keyless.prune(day(9))).rejects.toThrow(/SECRET_KEY/)
    expect(await keyless.verify()).toMatchObject({ ok: true, entries: 3 })
  })

  test('search finds by part of a name, by person, by request and by time, newest first', async () => {
    const { history } = await begin()
    const bo = { kind: 'person', id: 'bo-id', name: 'Bo (Ops) 50% [x]' } as const
    const megan = { id: 'megan-id', name: 'Mégan Bowen', userPrincipalName: 'megan.b@contoso.com' }
    await history.append(fact({ requestId: 'REQ-1', at: day(1) }))
    await history.append(fact({ requestId: 'REQ-1', actor: bo, at: day(2), subject: megan }))
    await history.append(fact({ requestId: 'REQ-2', actor: { kind: 'latchkey' }, at: day(3) }))
    const found = async (query: Parameters<History['search']>[0]) =>
      (await history.search(query)).map((each) => each.seq)
    expect(await found({})).toEqual([3, 2, 1])
    expect(await found({ text: 'ADELE' })).toEqual([1])
    expect(await found({ text: 'megan.B@' })).toEqual([2])
    expect(await found({ text: 'MÉGAN' })).toEqual([2])
    expect(await found({ text: '(ops) 50% [X]' })).toEqual([2])
    expect(await found({ text: '.*' })).toEqual([])
    expect(await found({ text: 'req-' })).toEqual([3, 2, 1])
    expect(await found({ text: '  ' })).toEqual([3, 2, 1])
    expect(await found({ requestId: 'REQ-1' })).toEqual([2, 1])
    expect(await found({ actorId: 'bo-id' })).toEqual([2])
    expect(await found({ subjectId: 'megan-id', text: 'bo' })).toEqual([2])
    expect(await found({ since: day(2) })).toEqual([3, 2])
    expect(await found({ since: day(2), until: day(2) })).toEqual([2])
    expect(await found({ limit: 1 })).toEqual([3])
    expect(await found({ limit: 2, before: 3 })).toEqual([2, 1])
  })

  test('an export is lines of JSON, oldest first, that anyone can check', async () => {
    const { history } = await begin()
    await history.append(fact({ subject: { name: 'half a pair \ud83d and \u2028 é' }, requestId: undefined }))
    await history.append(fact({ data: { none: null, list: ['a'], yes: true } }))
    const exported = (await lines(history)).map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(exported.map((each) => each.seq)).toEqual([1, 2])
    for (const { hash, ...rest } of exported) expect(sha256Hex(canonicalJson(rest))).toBe(hash)
    expect(await history.verify()).toMatchObject({ ok: true, entries: 2 })
  })
})
