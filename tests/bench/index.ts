import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { atLast } from './atLast.ts'
import { embeddedBase, mongoBase } from './bases.ts'
import { buildBots } from './built.ts'
import { PROJECT } from './children.ts'
import { startUpText, turnsText } from './report.ts'
import { measureStartUp } from './startUp.ts'
import { measureTurns, type Turns } from './turns.ts'

// `npm run bench`, or some of it: `npm run bench -- start embedded mongo`.
const wanted = process.argv.slice(2)
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part)

const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  node: process.version,
  load: loadavg()[0],
}
console.log(`${machine.cores} cores of ${machine.cpu}, node ${machine.node}, load ${machine.load?.toFixed(1)}\n`)

await buildBots()
const startUp = isWanted('start') ? await measureStartUp() : []
if (startUp.length > 0) console.log(`${startUpText(startUp)}\n`)

const turns: Turns[] = []
for (const [part, openBase] of [['embedded', embeddedBase] as const, ['mongo', mongoBase] as const]) {
  const base = isWanted(part) ? await openBase() : undefined
  if (!base) continue
  const measured = await atLast(measureTurns(base), base.drop)
  turns.push(measured)
  console.log(`${turnsText(measured)}\n`)
}

const file = join(PROJECT, '.output', 'bench.json')
await mkdir(join(PROJECT, '.output'), { recursive: true })
await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), machine, startUp, turns }, undefined, 2)}\n`)
console.log(`Written to ${file}`)
