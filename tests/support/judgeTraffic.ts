import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TRAFFIC_DIR } from './traffic.ts'

interface Finding {
  level: string
  side: string
  code: string
  op?: string
  msg: string
}

interface Checker {
  checkLines: (text: string, slice: unknown) => { exchanges: number; findings: Finding[]; covered: Set<string> }
}

const CONTRACT = join(import.meta.dirname, '../../../shared/graph')

/** Judges everything that went over the wire in the whole test run, both sides, by Microsoft's published contract. */
async function main(): Promise<void> {
  if (!existsSync(join(CONTRACT, 'check.mjs'))) {
    console.warn('SKIPPED: the recorded Graph traffic was not judged, as the contract is not beside this checkout.')
    return
  }
  const { checkLines } = (await import(pathToFileURL(join(CONTRACT, 'check.mjs')).href)) as Checker
  const slice: unknown = JSON.parse(readFileSync(join(CONTRACT, 'graph-v1-slice.openapi.json'), 'utf8'))
  const files = existsSync(TRAFFIC_DIR) ? readdirSync(TRAFFIC_DIR) : []
  const covered = new Set<string>()
  const counts = { exchanges: 0, error: 0, warn: 0, refused: 0 }
  for (const file of files) {
    // One file, one sandbox: its paging and delta tokens mean something only there.
    const result = checkLines(readFileSync(join(TRAFFIC_DIR, file), 'utf8'), slice)
    counts.exchanges += result.exchanges
    for (const operation of result.covered) covered.add(operation)
    for (const { level, side, code, op, msg } of result.findings) {
      if (level === 'error' || level === 'warn' || level === 'refused') counts[level] += 1
      if (level !== 'refused') console.log(`${level.toUpperCase()} [${side}] ${code} ${op ?? ''}: ${msg}`)
    }
  }
  console.log(
    `Graph traffic of the whole run: ${counts.exchanges} exchanges, ${covered.size} operations, ${counts.error} errors, ` +
      `${counts.warn} warnings, ${counts.refused} findings on requests that were refused.`,
  )
  if (counts.exchanges === 0) throw new Error('No traffic was recorded: the run proves nothing about it.')
  if (counts.error > 0) process.exitCode = 1
}

await main()
