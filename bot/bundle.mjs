import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const POLICY = 'services/approvals/policy.default.yml'
const ENTRY = 'dist/bot/index.js'
/** What the bundle was made of: each file, and when it was changed last. */
const MADE_OF = `${root}/dist/made-of.txt`

/**
 * One bundle starts in half the time of two hundred files. What is not ours stays outside, and what only one engine or the
 * practice tenant needs is a chunk of its own. Old chunks are left: somebody may be running on them.
 */
export async function bundle() {
  rmSync(MADE_OF, { force: true })
  const { build, stop } = await import('esbuild')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['bot/index.ts'],
    outdir: 'dist/bot',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  })
  await stop()
  cpSync(`${root}/${POLICY}`, `${root}/dist/${POLICY}`)
  const inputs = [...Object.keys(metafile.inputs), POLICY, 'bot/bundle.mjs', 'package-lock.json']
  writeFileSync(MADE_OF, inputs.map(dated).join('\n'))
}

/** Has nothing changed that the bundle was made of? */
export function isBundled() {
  try {
    const inputs = readFileSync(MADE_OF, 'utf8').split('\n')
    return existsSync(`${root}/${ENTRY}`) && inputs.every((line) => dated(line.split('\t')[0] ?? '') === line)
  } catch {
    return false
  }
}

const dated = (file) => `${file}\t${statSync(`${root}/${file}`).mtimeMs}`

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle()
