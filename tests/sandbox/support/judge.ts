import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exchange } from '../../../services/sandbox/index.ts'

const checker = fileURLToPath(new URL('../../../../shared/graph/check.mjs', import.meta.url))

/** Microsoft's contract lies beside the checkout; a clone without it skips what needs it, aloud. */
export const contractIsHere = existsSync(checker)
if (!contractIsHere) console.warn('SKIPPED: no ../shared/graph, so the traffic is not judged by Microsoft’s contract.')

/**
 * Both sides' findings on recorded traffic, one line each, and how many distinct operations it held. The checker runs
 * in a process of its own: it computes for many seconds, in which a server in this process could not answer.
 */
export async function judge(traffic: Exchange[]): Promise<{ findings: string[]; covered: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-traffic-'))
  const file = join(folder, 'traffic.jsonl')
  writeFileSync(file, traffic.map((exchange) => JSON.stringify(exchange)).join('\n'))
  try {
    const lines = (await run([checker, file, '--side', 'both'])).trim().split('\n')
    const covered = Number(/(\d+) distinct operations/.exec(lines.at(-1) ?? '')?.[1])
    return { findings: lines.slice(0, -1), covered }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Standard output of a node process; its exit code 1 only says that there were findings. */
const run = (args: string[]) =>
  new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (error === null || error.code === 1) resolve(stdout)
      else reject(new Error('The contract’s checker could not run.', { cause: error }))
    })
  })
