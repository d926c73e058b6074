import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { PROJECT } from './children.ts'

/** Both bots run bundled, as in production: no loader between. */
export const PRODUCT = ['dist/bot/index.js']
export const ECHO = ['.output/bench/echo.js']

export async function buildBots(): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: PROJECT })
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ['tests/bench/echo.ts'],
    outfile: join(PROJECT, ECHO.at(-1) ?? ''),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
  })
}
