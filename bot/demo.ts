import { join } from 'node:path'
import { findPerson } from '../services/directories/people.ts'
import type { Graph } from '../services/graph/index.ts'
import type { Person } from '../services/requests/request.ts'
import type { Conversations } from './conversations.ts'
import { openPlayground } from './playground.ts'

/** The people of the sandbox tenant who have a window, and what they are there for. */
const CAST = [
  { userName: 'alexw@contoso.com', role: 'helpdesk' },
  { userName: 'meganb@contoso.com', role: 'manager' },
  { userName: 'adelev@contoso.com', role: 'employee' },
]
const OTHERS = ['isaiahl@contoso.com', 'pattif@contoso.com', 'lynner@contoso.com']

export interface DemoOptions {
  graph: Graph
  conversations: Conversations
  tenantId: string
  port: number
  botUrl: string
  dataDir: string
}

/** Three windows on the sandbox tenant, and a first thing to try. */
export async function startDemo(options: DemoOptions): Promise<{ text: string; close(): void }> {
  const cast = await Promise.all(
    CAST.map(async ({ userName, role }) => ({ role, person: await find(options.graph, userName) })),
  )
  const others = await Promise.all(OTHERS.map((userName) => find(options.graph, userName)))
  // A window shows only what comes while it is open, so cards wait until somebody opens it.
  for (const { person } of cast) await options.conversations.expect(person.id)
  const { windows, close } = await openPlayground({
    people: cast,
    everybody: [...cast.map((c) => c.person), ...others],
    tenantId: options.tenantId,
    port: options.port,
    botUrl: options.botUrl,
    dir: join(options.dataDir, 'playground'),
  })
  const width = Math.max(...cast.map((c) => `${c.person.name} (${c.role})`.length))
  const lines = windows.map((w, i) => `  ${`${w.person.name} (${cast[i]?.role})`.padEnd(width)}  ${w.url}`)
  return {
    close,
    text: [
      'Latchkey is running on the practice tenant "Contoso": nothing real is touched.',
      '',
      ...lines,
      '',
      'The tenant begins anew at every start; requests and history stay.',
      '',
      "Try this in Alex's window:  provision Ada Lovelace dept=Engineering manager=megan template=engineer start=today",
      "Say why, send it, and approve it in Megan's window. Ctrl+C ends everything.",
    ].join('\n'),
  }
}

async function find(graph: Graph, userName: string): Promise<Person> {
  const found = await findPerson(graph, userName)
  if (found.is === 'one') return found.person
  throw new Error(`${userName} is not in this tenant. Set PLAYGROUND=off to start without the practice windows.`)
}
