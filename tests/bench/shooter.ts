import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { TSX } from './children.ts'
import type { Job, Volley } from './load.ts'

export interface Shooter {
  fire(job: Job): Promise<Volley>
  stop(): void
}

/** Makes the load in a process of its own, so that neither server pays for it. */
export function startShooter(): Shooter {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), { execArgv: [...TSX] })
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    fire(job) {
      return new Promise((resolve, reject) => {
        const ended = (): void => reject(new Error('The load generator ended.'))
        child.once('exit', ended)
        child.once('message', (volley) => {
          child.off('exit', ended)
          resolve(volley as Volley)
        })
        child.send(job)
      })
    },
    stop: () => void child.kill(),
  }
}
