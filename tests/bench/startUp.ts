import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { embeddedBase } from './bases.ts'
import { PRODUCT } from './built.ts'
import { type Child, PROJECT, startChild } from './children.ts'
import { median } from './figures.ts'
import { PRODUCT_ENV, startSandbox } from './scene.ts'

const REPETITIONS = 5

export interface StartUp {
  what: string
  /** From spawn until /readyz answers, in milliseconds; resident memory half a second later, in MiB. Medians. */
  ms: number
  mib: number
  /** Against the bare process. */
  msRatio: number
  mibRatio: number
}

/** Loads the two libraries, and listens so that it can be seen to be ready. Nothing more. */
const BARE_SOURCE = `
  import { createServer } from 'node:http'
  import '@microsoft/teams-ai'
  import 'botbuilder'
  const server = createServer((req, res) => res.end()).listen(0, '127.0.0.1', () =>
    console.log('Listens on 127.0.0.1:' + server.address().port))
`
const BARE_ARGS = ['--input-type=module', '-e', BARE_SOURCE]

interface Subject {
  what: string
  args: readonly string[]
  /** With a Graph in another process, as in production; otherwise the practice tenant starts inside as well. */
  outside?: boolean
  /** As in a fresh clone. */
  anew?: boolean
}

const BARE = 'bare'
const SUBJECTS: readonly Subject[] = [
  { what: BARE, args: BARE_ARGS },
  { what: 'built, Graph outside', args: PRODUCT, outside: true },
  { what: 'built, sandbox inside', args: PRODUCT },
  { what: 'npm start, sandbox inside', args: ['bot/start.mjs'] },
  { what: 'npm start for the first time: bundled, sandbox inside', args: ['bot/start.mjs'], anew: true },
]

export async function measureStartUp(): Promise<StartUp[]> {
  const sandbox = await startSandbox()
  const samples = new Map(SUBJECTS.map(({ what }) => [what, [] as { ms: number; mib: number }[]]))
  // The first repetition fills the file cache.
  for (let i = 0; i <= REPETITIONS; i += 1) {
    for (const subject of SUBJECTS) {
      const sample = await startOnce(subject, sandbox)
      if (i > 0) samples.get(subject.what)?.push(sample)
    }
  }
  await sandbox.stop()
  const medians = new Map(
    [...samples].map(([what, some]) => [
      what,
      { ms: median(some.map((s) => s.ms)), mib: median(some.map((s) => s.mib)) },
    ]),
  )
  const bare = medians.get(BARE)
  return SUBJECTS.flatMap(({ what }) => {
    const own = medians.get(what)
    return own && bare ? [{ what, ...own, msRatio: own.ms / bare.ms, mibRatio: own.mib / bare.mib }] : []
  })
}

async function startOnce({ args, outside, anew }: Subject, sandbox: Child): Promise<{ ms: number; mib: number }> {
  const base = await embeddedBase()
  if (anew) await rm(join(PROJECT, 'dist'), { recursive: true })
  const env = { ...PRODUCT_ENV, ...base.env, GRAPH_BASE_URL: outside ? sandbox.url : '' }
  const began = performance.now()
  const child = await startChild({ args, env })
  const ready = await fetch(`${child.url}/readyz`)
  const ms = performance.now() - began
  if (!ready.ok) throw new Error(`It is not ready: ${ready.status}.`)
  await sleep(500)
  const mib = await residentMib(child.pid)
  await child.stop()
  await base.drop()
  return { ms, mib }
}

async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib =
    /^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? (await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${pid}`])).stdout
  return Number(kib) / 1024
}
