import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TRAFFIC_DIR } from './traffic.ts'

interface Finding {
  level: 'error' | 'warn' | 'refused'
  side: string
  code: string
  op?: string
  msg: string
}

interface Contract {
  createChecker: (slice: unknown) => {
    check(exchange: unknown, where: string): Finding[]
    covered: Map<string, number>
  }
}

/** So many at least: whoever drops the tests of an operation drops what judges it. */
const EXERCISED = 85

const CONTRACT = join(import.meta.dirname, '../../../shared/graph')

/** Judges everything that went over the wire in the whole test run, both sides, by Microsoft's published contract. */
async function main(): Promise<void> {
  if (!existsSync(join(CONTRACT, 'check.mjs'))) {
    console.warn('SKIPPED: the recorded Graph traffic was not judged, as the contract is not beside this checkout.')
    return
  }
  const { createChecker } = (await import(pathToFileURL(join(CONTRACT, 'check.mjs')).href)) as Contract
  // One for all files, as compiling the contract takes longer than judging by it. A file is one sandbox, and its paging and
  // delta tokens are in no other: a made-up one is as unknown as before.
  const checker = createChecker(JSON.parse(readFileSync(join(CONTRACT, 'graph-v1-slice.openapi.json'), 'utf8')))
  const counts = { exchanges: 0, error: 0, warn: 0, refused: 0 }
  for (const file of existsSync(TRAFFIC_DIR) ? readdirSync(TRAFFIC_DIR) : []) {
    for (const line of readFileSync(join(TRAFFIC_DIR, file), 'utf8').split('\n').filter(Boolean)) {
      counts.exchanges += 1
      for (const { level, side, code, op, msg } of checker.check(JSON.parse(line), file)) {
        counts[level] += 1
        if (level !== 'refused') console.log(`${level.toUpperCase()} [${side}] ${code} ${op ?? ''}: ${msg}`)
      }
    }
  }
  console.log(
    `Graph traffic of the whole run: ${counts.exchanges} exchanges, ${checker.covered.size} operations, ${counts.error} errors, ` +
      `${counts.warn} warnings, ${counts.refused} findings on requests that were refused.`,
  )
  if (counts.exchanges === 0) throw new Error('No traffic was recorded: the run proves nothing about it.')
  if (checker.covered.size < EXERCISED)
    throw new Error(`The run exercised fewer than ${EXERCISED} operations of Graph.`)
  if (counts.error + counts.warn > 0) process.exitCode = 1
}

await main()
