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

/** Judges what we sent; `covered` maps each operation to the number of requests for it. */
export async function judge(traffic: Exchange[]): Promise<ReturnType<Checker['checkLines']>> {
  const checker = (await import(pathToFileURL(`${folder}check.mjs`).href)) as Checker
  const slice: unknown = JSON.parse(readFileSync(`${folder}graph-v1-slice.openapi.json`, 'utf8'))
  const { findings, covered } = checker.checkLines(traffic.map(ourSide).join('\n'), slice)
  return { findings: findings.filter(({ side }) => side === 'req'), covered }
}

/** Leaves of a good answer only the links, which our next requests follow: judging the rest takes most of the time. */
function ourSide(exchange: Exchange): string {
  if (exchange.status >= 400) return JSON.stringify(exchange)
  const links = Object.entries(Object(exchange.resBody) as object).filter(([name]) => name.endsWith('Link'))
  return links.length > 0
    ? JSON.stringify({ ...exchange, resBody: { value: [], ...Object.fromEntries(links) } })
    : JSON.stringify({ ...exchange, status: 204, resBody: undefined })
}
