import { createEmbeddedStore } from '../../services/store/embedded.ts'

// Writes until it is killed, and says of each write, once it was awaited, that it is done.
const store = await createEmbeddedStore({ dir: process.argv[2] })
const entries = await store.collection<{ _id: string; n: number }>({ name: 'entries', indexes: [{ keys: { n: 1 } }] })
const counters = await store.collection<{ _id: string; n: number }>({ name: 'counters', indexes: [] })
const begun = await entries.count({})
for (let n = begun; n < begun + 100_000; n++) {
  await entries.insert({ _id: `${n}`, n })
  await counters.update({ _id: 'all' }, { $inc: { n: 1 } }, { upsert: true })
  process.stdout.write(`${n}\n`)
}
