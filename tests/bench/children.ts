import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
export const TSX: readonly string[] = ['--import', 'tsx']

export interface Child {
  url: string
  pid: number
  stop(): Promise<void>
}

export interface ChildOptions {
  args: readonly string[]
  /** On top of our own environment. */
  env?: Record<string, string>
}

const READY_MS = 60_000

/** A server in a process of its own. It is there once it prints a line that ends in its port. */
export async function startChild({ args, env = {} }: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, args, {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  const port = await portOf(child)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      process.off('exit', end)
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('A server did not start within a minute.')), READY_MS)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`A server ended with ${code} before it was ready.`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /:(\d+)\D*$/.exec(line)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve(port)
    })
  })
}
