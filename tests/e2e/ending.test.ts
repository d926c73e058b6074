import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launch, windowsOf } from './support.ts'

const isThere = (url = ''): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

it('ended from outside, it leaves no window behind: a shell between it and npm passes no signal on', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'latchkey-ending-'))
  const shell = launch(['/bin/sh', '-c', `"${process.execPath}" bot/start.mjs; exit`], { DATA_DIR: dir })
  const { Alex } = await windowsOf(shell)
  expect(await isThere(Alex)).toBe(true)
  shell.kill('SIGKILL')
  await expect.poll(() => isThere(Alex), { timeout: 20_000, interval: 200 }).toBe(false)
  await rm(dir, { recursive: true, force: true })
})
