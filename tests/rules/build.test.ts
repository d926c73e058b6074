import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT, startChild } from '../bench/children.ts'

const run = promisify(execFile)
const BUILT = ['dist/bot/index.js']

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-built-'))
  await run('npm', ['run', 'build'], { cwd: PROJECT })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('what is built', () => {
  it('starts, and is ready with its store, its policy and Graph', async () => {
    const env = { PLAYGROUND: 'off', PORT: '0', DATA_DIR: dir, MONGODB_URI: '', GRAPH_BASE_URL: '', NODE_ENV: 'test' }
    const built = await startChild({ args: BUILT, env })
    try {
      expect(await (await fetch(`${built.url}/readyz`)).json()).toEqual({ status: 'ready' })
    } finally {
      await built.stop()
    }
  })

  it('refuses production without what it needs, and says what', async () => {
    const bare = { PATH: process.env['PATH'], NODE_ENV: 'production' }
    const refused = await run(process.execPath, BUILT, { cwd: PROJECT, env: bare }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('BOT_ID is missing') as string })
  })
})
