import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { Person } from '../services/requests/request.ts'

export interface Window {
  person: Person
  url: string
}

export interface PlaygroundOptions {
  /** The first gets `port`, the next one the next free port … */
  people: { person: Person; role: string }[]
  /** The Playground wants exactly five users beside the one whose window it is. */
  everybody: Person[]
  tenantId: string
  port: number
  botUrl: string
  dir: string
}

const READY_TRIES = 150
const READY_PAUSE_MS = 100

/**
 * Microsoft's Teams emulator, one window for each person, all speaking to the same bot. A window installs
 * the bot when it is opened in a browser.
 */
export async function openPlayground(options: PlaygroundOptions): Promise<{ windows: Window[]; close(): void }> {
  const ports = await freePorts(options.port, options.people.length)
  const started = await Promise.all(
    options.people.map(({ person }, i) => openWindow({ ...options, person, port: ports[i] ?? 0 })),
  )
  return { windows: started.map((s) => s.window), close: () => started.forEach((s) => s.child.kill()) }
}

type Opening = PlaygroundOptions & { person: Person }

async function openWindow(options: Opening): Promise<{ window: Window; child: ChildProcess }> {
  const dir = resolve(options.dir, String(options.port))
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, '.m365agentsplayground.yml'), stringify(configOf(options)))
  const origin = `http://127.0.0.1:${options.port}`
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js')
  const flags = {
    '-p': String(options.port),
    '-e': options.botUrl,
    '-c': 'msteams',
    '--service-url': `${origin}/_connector`,
  }
  const child = spawn(process.execPath, [cli, 'start', '--disable-telemetry', ...Object.entries(flags).flat()], {
    cwd: dir,
    stdio: 'ignore',
    env: {
      PATH: undefined,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_LOGFILE: join(dir, 'playground.log'),
    },
  })
  child.on('error', () => undefined)
  await waitUntilReady(origin, child)
  return { window: { person: options.person, url: origin }, child }
}

/** The Playground takes any other port when its own is taken, and does not say which: so only free ones are given out. */
async function freePorts(from: number, count: number): Promise<number[]> {
  const free: number[] = []
  for (let port = from; free.length < count && port < 65_536; port += 1) if (await isFree(port)) free.push(port)
  return free
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
}

async function waitUntilReady(origin: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < READY_TRIES; i += 1) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${origin}/_debug/ping`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((done) => setTimeout(done, READY_PAUSE_MS))
  }
  throw new Error(
    `The Playground window at ${origin} did not start. See playground.log in DATA_DIR/playground, or set PLAYGROUND=off.`,
  )
}

const chatIdOf = (person: Person): string => `chat-${person.id}`

function configOf(options: Opening): object {
  const userOf = (person: Person) => {
    const [givenName = person.name, surname = ''] = person.name.split(/ (.*)/)
    return {
      id: `user-${person.id}`,
      name: person.name,
      userPrincipleName: person.userPrincipalName,
      aadObjectId: person.id,
      givenName,
      surname,
      email: person.userPrincipalName,
    }
  }
  return {
    version: '0.1.1',
    tenantId: options.tenantId,
    bot: { id: 'latchkey', name: 'Latchkey' },
    currentUser: userOf(options.person),
    users: options.everybody
      .filter((p) => p.id !== options.person.id)
      .slice(0, 5)
      .map(userOf),
    personalChat: { id: chatIdOf(options.person) },
    groupChat: { id: 'chat-helpdesk', name: 'Helpdesk' },
    team: {
      id: 'team-contoso',
      name: 'Contoso IT',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'channel-onboarding', name: 'Onboarding' }],
    },
  }
}
