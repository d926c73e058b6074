import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

export interface Exchange {
  method: string
  url: string
  reqHeaders: Record<string, unknown>
  reqBody: unknown
  status: number
  resHeaders: Record<string, unknown>
  resBody: unknown
}

export interface Finding {
  where: string
  side: 'req' | 'res'
  code: string
  level: 'error' | 'warn' | 'refused'
  msg: string
  op?: string
}

interface Checker {
  checkLines: (text: string, slice: unknown) => { findings: Finding[]; covered: Map<string, number> }
}

const folder = fileURLToPath(new URL('../../../../shared/graph/', import.meta.url))

/** Microsoft's published contract lives beside the checkout; without it these tests are skipped, aloud. */
export const contractIsHere = existsSync(`${folder}check.mjs`)
if (!contractIsHere) console.warn(`SKIPPED: no Graph contract at ${folder}, so our requests are not judged against it.`)

/** Judges recorded traffic; `covered` maps each operation to the number of requests for it. */
export async function judge(traffic: Exchange[]): Promise<ReturnType<Checker['checkLines']>> {
  const checker = (await import(pathToFileURL(`${folder}check.mjs`).href)) as Checker
  const slice: unknown = JSON.parse(readFileSync(`${folder}graph-v1-slice.openapi.json`, 'utf8'))
  return checker.checkLines(traffic.map((exchange) => JSON.stringify(exchange)).join('\n'), slice)
}
