import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { storeContract } from '../contracts/store.ts'

const dir = await mkdtemp(join(tmpdir(), 'latchkey-store-'))
afterAll(() => rm(dir, { recursive: true, force: true }))

storeContract('the embedded store in memory', () => createEmbeddedStore())
storeContract('the embedded store on disk', () => createEmbeddedStore({ dir }))
