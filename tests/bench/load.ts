import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Activities to be posted over so many kept-alive connections, each taking the next one when the last was answered. */
export interface Job {
  url: string
  connections: number
  activities: object[]
  /** Between an answer and the next post. */
  pauseMs?: number
}

export interface Shot {
  ms: number
  /** When it was posted, in milliseconds since 1970. */
  at: number
  ok: boolean
}

export interface Volley {
  shots: Shot[]
  ms: number
}

async function fire(job: Job): Promise<Volley> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections })
  const url = new URL('/api/messages', job.url)
  const waiting = job.activities.map((activity) => JSON.stringify(activity))
  const shots: Shot[] = []
  const lane = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      shots.push(await post({ url, agent, body }))
      if (job.pauseMs) await sleep(job.pauseMs)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: job.connections }, lane))
  const ms = performance.now() - began
  agent.destroy()
  return { shots, ms }
}

function post({ url, agent, body }: { url: URL; agent: Agent; body: string }): Promise<Shot> {
  return new Promise((resolve, reject) => {
    const [at, began] = [Date.now(), performance.now()]
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { method: 'POST', agent, headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const ms = performance.now() - began
        resolve({ ms, at, ok: res.statusCode === 200 && isAnswered(Buffer.concat(chunks).toString()) })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A message is answered elsewhere; a click with a card, or with a sentence that says why not. */
const isAnswered = (body: string): boolean => body === '' || body.includes('application/vnd.microsoft.card.adaptive')

process.on('message', (job: Job) => {
  fire(job).then(
    (volley) => process.send?.(volley),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
