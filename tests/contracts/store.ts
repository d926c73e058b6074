import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Collection, IndexSpec, Store } from '../../services/store/store.ts'
import { changeContract } from './storeChanges.ts'
import { indexContract } from './storeIndexes.ts'
import { queryContract } from './storeQueries.ts'

/** A document of the contract: loose, since the contract is about any document. */
export interface Doc {
  _id: string
  [field: string]: unknown
}

export type OpenCollection = (indexes?: IndexSpec[]) => Promise<Collection<Doc>>

/** What every engine behind the Store port must do. Expectations are MongoDB's behaviour, seen on a real engine. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())
    const collection: OpenCollection = (indexes = []) => store.collection<Doc>({ name: `c${randomUUID()}`, indexes })

    queryContract(collection)
    changeContract(collection)
    indexContract(collection)
  })
}
