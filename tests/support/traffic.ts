import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Exchange } from '../../services/sandbox/index.ts'

export const TRAFFIC_DIR = join(import.meta.dirname, '../../.output/traffic')

/** Records what went over the wire between us and the sandbox, for `judgeTraffic` to judge after the run. */
export function recordTraffic(): (exchange: Exchange) => void {
  const file = join(TRAFFIC_DIR, `${randomUUID()}.jsonl`)
  return (exchange) => {
    // Another run in the same checkout may have swept the folder meanwhile.
    mkdirSync(TRAFFIC_DIR, { recursive: true })
    appendFileSync(file, `${JSON.stringify(exchange)}\n`)
  }
}
