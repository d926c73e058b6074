import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { createLatchkey } from '../../bot/latchkey.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { listen } from '../../bot/server.ts'
import type { Card } from '../../cards/card.ts'
import { parsePolicy, type Policy } from '../../services/approvals/policy.ts'
import { createGraph, sandboxToken } from '../../services/graph/index.ts'
import type { Person, Request } from '../../services/requests/request.ts'
import { createSandbox } from '../../services/sandbox/index.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import type { Store } from '../../services/store/store.ts'
import { actionsOf, textsOf } from './cards.ts'
import { type Message, openTeams } from './teams.ts'
import { recordTraffic } from './traffic.ts'

export const DEFAULT_POLICY = fileURLToPath(new URL('../../services/approvals/policy.default.yml', import.meta.url))

export interface HarnessOptions {
  store?: Store
  replicationDelayMs?: number
  /** Changes the shipped policy. */
  policy?(policy: Policy): void
  log?: (line: string) => void
  gapMs?: number
  /** How long a turn may take. */
  answerMs?: number
  /** What Graph asks to be waited for, and what lies between two attempts, takes a tenth of its time. */
  hurried?: boolean
  /** `passTime` moves the sandbox as well: passes lapse there too. */
  oneClock?: boolean
}

/** What a turn answered: sentences, cards, and what the click itself got back. */
export interface Answer {
  status: number
  texts: string[]
  cards: Card[]
  /** The reply to a click: a card or a sentence. */
  reply: Card | string | undefined
}

export type Harness = Awaited<ReturnType<typeof startHarness>>

export const SECRET_KEY = Buffer.alloc(32, 7)

/** The whole product behind its front door: activities go in over HTTP as Teams sends them, and come out as Teams gets them. */
export async function startHarness(options: HarnessOptions = {}) {
  const teams = await openTeams()
  let offset = 0
  const clock = { now: () => new Date(Date.now() + offset) }
  const sandbox = await createSandbox({
    replicationDelayMs: options.replicationDelayMs ?? 0,
    onExchange: recordTraffic(),
    ...(options.oneClock ? { now: clock.now } : {}),
  })
  const graph = createGraph({
    baseUrl: sandbox.url,
    token: sandboxToken(),
    ...(options.hurried ? { sleep: (ms: number) => sleep(ms / 10) } : {}),
  })
  const policy = parsePolicy(await readFile(DEFAULT_POLICY, 'utf8'), { pinned: false, file: 'policy' })
  options.policy?.(policy)
  const store = options.store ?? (await createEmbeddedStore())
  const errors: string[] = []
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => (/"level":50/.test(line) ? errors.push(line) : 0, options.log?.(line)) },
  )
  const parts = {
    bot: undefined,
    clock,
    graph,
    log,
    metrics: createMetrics(),
    policy,
    sandbox: true,
    secretKey: SECRET_KEY,
    store,
  }
  const latchkey = await createLatchkey({
    ...parts,
    timing: {
      pollMs: 50,
      gapMs: options.gapMs ?? 0,
      restMs: 0,
      ...(options.answerMs ? { answerMs: options.answerMs } : {}),
    },
  })
  const http = await listen(latchkey.server, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  latchkey.start()

  const requests = await store.collection<Request>({ name: 'requests', indexes: [] })
  const chatOf = (person: string): string => `chat-${person}`

  const post = async (activity: object): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }

  const activityFrom = (as: string, chat = chatOf(as)) => ({
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: teams.url,
    timestamp: new Date().toISOString(),
    from: { id: `user-${as}`, name: as, aadObjectId: as },
    recipient: { id: 'bot', name: 'Latchkey' },
    conversation: {
      id: chat,
      conversationType: chat === chatOf(as) ? 'personal' : 'groupChat',
      tenantId: sandbox.ids.tenant,
    },
    channelData: { tenant: { id: sandbox.ids.tenant } },
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    entities: [{ type: 'clientInfo', timezone: 'Europe/London' }],
  })

  const turn = async (activity: ReturnType<typeof activityFrom> & Record<string, unknown>): Promise<Answer> => {
    const chat = activity.conversation.id
    const before = teams.messages(chat).length
    const { status, body } = await post(activity)
    const fresh = teams.messages(chat).slice(before)
    const reply = (body as { value?: Card | string } | undefined)?.value
    return {
      status,
      reply,
      texts: fresh.flatMap((m) => (m.text ? [m.text] : [])),
      cards: fresh.flatMap((m) => (m.card ? [m.card] : [])),
    }
  }

  const say = (text: string, { as, chat }: { as: string; chat?: string }): Promise<Answer> =>
    turn({ ...activityFrom(as, chat), type: 'message', text })

  const click = (
    verb: string,
    data: object,
    { as, on, chat }: { as: string; on?: string; chat?: string },
  ): Promise<Answer> =>
    turn({
      ...activityFrom(as, chat),
      type: 'invoke',
      name: 'adaptiveCard/action',
      ...(on ? { replyToId: on } : {}),
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    })

  const install = (as: string): Promise<Answer> =>
    turn({ ...activityFrom(as), type: 'installationUpdate', action: 'add' })

  /** The newest card in somebody's chat. */
  const cardOf = (as: string): Message & { card: Card } => {
    const last = teams
      .messages(chatOf(as))
      .filter((m): m is Message & { card: Card } => m.card !== undefined)
      .at(-1)
    if (!last) throw new Error('There is no card in this chat.')
    return last
  }

  /** Presses a button by its title on the newest card of the chat, with what was typed into its inputs. */
  const press = async (title: string, { as, inputs = {} }: { as: string; inputs?: object }): Promise<Answer> => {
    const message = cardOf(as)
    const action = actionsOf(message.card).find((a) => a.title.startsWith(title))
    if (!action) throw new Error(`No button "${title}" on: ${textsOf(message.card).join(' | ')}`)
    const answer = await click(action.verb, { ...action.data, ...inputs }, { as, on: message.id })
    // Teams shows the answer in place of the card that was clicked.
    if (typeof answer.reply === 'object') message.card = answer.reply
    return answer
  }

  /** Until nothing is due within the next seconds: every move made, every card painted. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 600; i += 1) {
      await latchkey.worker.drain()
      await latchkey.notifier.drain()
      const soon = new Date(clock.now().getTime() + 20_000)
      const busy = { $or: [{ unannounced: true }, { dueAt: { $lte: soon }, status: { $in: ['approved', 'running'] } }] }
      if ((await requests.count(busy)) === 0) return latchkey.notifier.drain()
      await new Promise((done) => setTimeout(done, 20))
    }
    throw new Error('It does not settle.')
  }

  const control = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })

  const person = async (id: string): Promise<Person> => {
    const user = await graph.users.get(id)
    if (!user) throw new Error('Nobody there.')
    return { id, name: user.displayName, userPrincipalName: user.userPrincipalName }
  }

  return {
    ...sandbox.ids.users,
    ids: sandbox.ids,
    url,
    graph,
    clock,
    teams,
    store,
    requests,
    history: latchkey.history,
    errors,
    say,
    click,
    install,
    press,
    cardOf,
    chatOf,
    settle,
    post,
    activityFrom,
    control,
    person,
    sandboxUrl: sandbox.url,
    /** Moves the product's clock; the sandbox stays where it is, unless `oneClock` is set. */
    passTime: (ms: number) => void (offset += ms),
    async stop() {
      http.close()
      http.closeAllConnections()
      await latchkey.stop()
      await Promise.all([sandbox.close(), teams.close()])
    },
  }
}
