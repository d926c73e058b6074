import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { PROJECT } from './children.ts'

/** Both bots run bundled, as in production: no loader between. */
export const PRODUCT = ['dist/bot/index.js']
const ECHO_FILE = '.output/bench/echo.js'
export const ECHO = [ECHO_FILE]

export async function buildBots(): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: PROJECT })
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ['tests/bench/echo.ts'],
    outfile: ECHO_FILE,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
  })
}
