import { createEmbeddedStore } from '../../services/store/embedded.ts'

// Writes until it is killed, and says of each write, once it was awaited, that it is done.
const store = await createEmbeddedStore({ dir: process.argv[2] })
const entries = await store.collection<{ _id: string; n: number }>({ name: 'entries', indexes: [{ keys: { n: 1 } }] })
const counters = await store.collection<{ _id: string; n: number }>({ name: 'counters', indexes: [] })
let next = await entries.count({})
const last = next + 100_000

/** Several write at once, so that what they write is written together. */
async function lane(): Promise<void> {
  while (next < last) {
    const n = next++
    await entries.insert({ _id: `${n}`, n })
    await counters.update({ _id: 'all' }, { $inc: { n: 1 } }, { upsert: true })
    process.stdout.write(`${n}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, lane))
