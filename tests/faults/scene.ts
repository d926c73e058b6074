import { createSandbox, type Sandbox } from '../../services/sandbox/index.ts'
import type { OperationName } from '../../services/operations/operation.ts'
import type { Person, Request } from '../../services/requests/request.ts'
import type { Store } from '../../services/store/store.ts'
import type { Instance } from './instance.ts'

export interface Scene {
  sandbox: Sandbox
  place: { graphUrl: string; policy: string; tenantId: string }
  /** The tenant's clock, set by that of an instance. */
  passUntil(moment: Date): void
}

export async function openScene(policy: string): Promise<Scene> {
  let ahead = 0
  const sandbox = await createSandbox({ now: () => new Date(Date.now() + ahead) })
  const place = { graphUrl: sandbox.url, policy, tenantId: sandbox.ids.tenant }
  return { sandbox, place, passUntil: (moment) => void (ahead = moment.getTime() - Date.now()) }
}

interface Asked {
  operation: OperationName
  draft: Record<string, string>
}

/** Asked by Alex and approved by Megan; nothing of it has run yet. */
export async function approved({ sandbox }: Scene, { verbs, requests }: Instance, asked: Asked): Promise<Request> {
  const by = { actor: person(sandbox.ids.users.alex, 'Alex Wilber'), timeZone: 'Europe/London', form: asked.operation }
  const created = await verbs.create({ ...asked, ...by })
  if (!created.ok) throw new Error(JSON.stringify(created.problems))
  const { _id: id, plan } = created.request
  await verbs.decide({ id, actor: meganOf(sandbox), verdict: 'approved', digest: plan.digest })
  const request = await requests.get(id)
  if (!request) throw new Error('The request is not there.')
  return request
}

export async function admit(store: Store, request: Request): Promise<void> {
  const requests = await store.collection<Request>({ name: 'requests', indexes: [] })
  await requests.insert(request)
}

export interface Write {
  method: string
  path: string
  status: number
}

export async function writes(sandbox: Sandbox): Promise<Write[]> {
  return (await control<{ value: Write[] }>(sandbox, 'writes')).value
}

/** Everything that can be told apart in the store once it is over. */
export async function storeAfter({ requests, history }: Instance) {
  const entries = await history.search({ limit: 500 })
  return {
    requests: (await requests.find({}, { sort: { createdAt: 1 } })).map((request) => ({
      status: request.status,
      due: request.dueAt,
      lease: request.lease,
      outbox: request.outbox,
      reserves: request.reserves,
      steps: request.steps.map((s) => [s.id, s.outcome, s.reason?.code, s.saved]),
    })),
    chain: (await history.verify()).ok,
    told: entries
      .map(({ kind, data }) => [kind, data['step'], data['after'], data['outcome'], data['status']].join(' '))
      .reverse(),
  }
}

export async function control<T>(sandbox: Sandbox, path: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const posted = body && { method: 'POST', headers, body: JSON.stringify(body) }
  return (await (await fetch(`${sandbox.url}/_sandbox/${path}`, posted)).json()) as T
}

const person = (id: string, name: string): Person => ({ id, name, userPrincipalName: '' })
export const meganOf = (sandbox: Sandbox): Person => person(sandbox.ids.users.megan, 'Megan Bowen')
