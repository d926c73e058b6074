import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { storeContract } from '../contracts/store.ts'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

storeContract('the embedded store in memory', () => createEmbeddedStore())
storeContract('the embedded store on disk', async () =>
  createEmbeddedStore({ dir: await mkdtemp(join(tmpdir(), 'latchkey-store-')) }),
)
