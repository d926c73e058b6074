import { createSandbox, type Sandbox } from '../../services/sandbox/index.ts'
import type { Person, Request } from '../../services/requests/request.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import type { HandOverWay } from '../../services/approvals/policy.ts'
import type { Store } from '../../services/store/store.ts'
import { type Instance, startInstance } from './instance.ts'

export interface Scene {
  sandbox: Sandbox
  place: { graphUrl: string; policy: string; tenantId: string }
}

export const UPN = 'ada.lovelace@contoso.com'

export async function openScene(policy: string): Promise<Scene> {
  const sandbox = await createSandbox()
  return { sandbox, place: { graphUrl: sandbox.url, policy, tenantId: sandbox.ids.tenant } }
}

/** A request with one step of every kind, asked by Alex and approved by Megan; nothing of it has run yet. */
export async function approvedRequest({ sandbox, place }: Scene, handOver: HandOverWay): Promise<Request> {
  const store = await createEmbeddedStore()
  const { verbs, requests } = await startInstance({ ...place, store })
  const job = { manager: MEGAN, template: 'contractor', usageLocation: 'GB', reason: 'Helps out' }
  const draft = { firstName: 'Ada', lastName: 'Lovelace', ...job, handOver }
  const [alex, megan] = [person(sandbox.ids.users.alex, 'Alex Wilber'), meganOf(sandbox)]
  const asked = { operation: 'provision' as const, draft, actor: alex, timeZone: 'Europe/London', form: 'f1' }
  const created = await verbs.create(asked)
  if (!created.ok) throw new Error(JSON.stringify(created.problems))
  const { _id: id, plan } = created.request
  await verbs.decide({ id, actor: megan, verdict: 'approved', digest: plan.digest })
  const [request] = await requests.find({})
  await store.close()
  if (!request) throw new Error('The request is not there.')
  return request
}

export async function admit(store: Store, request: Request): Promise<void> {
  const requests = await store.collection<Request>({ name: 'requests', indexes: [] })
  await requests.insert(request)
}

/** Everything that can be told apart from outside once it is over: at Microsoft, in the store, in history. */
export async function endOf({ sandbox }: Scene, { graph, history, verbs, requests }: Instance) {
  const user = await graph.users.get(UPN)
  const id = user?.id ?? ''
  const [request] = await requests.find({})
  const secret = await verbs.revealSecret({ id: request?._id ?? '', actor: meganOf(sandbox) })
  const { id: _id, createdDateTime: _at, licenseAssignmentStates, ...rest } = user ?? {}
  const profile = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('@')))
  const writes = await control<{ value: { method: string; path: string; status: number }[] }>(sandbox, 'writes')
  const entries = await history.search({ limit: 500 })
  const pass = secret.note.purpose === 'temporary-access-pass'
  return {
    profile: {
      ...profile,
      licences: licenseAssignmentStates?.map((s) => `${s.skuId} ${s.state} ${s.assignedByGroup}`),
    },
    manager: (await graph.users.manager(id))?.userPrincipalName,
    groups: (await graph.users.memberOf(id)).map((group) => group.id).sort(),
    created: writes.value.filter((w) => w.method === 'POST' && w.path === '/users' && w.status === 201).length,
    usablePasses: (await graph.authentication.taps(id)).filter((tap) => tap.isUsable).length,
    signIn: await control<{ ok: boolean }>(sandbox, 'sign-in', {
      userPrincipalName: UPN,
      ...(pass ? { temporaryAccessPass: secret.value } : { password: secret.value }),
    }),
    status: request?.status,
    due: request?.dueAt,
    lease: request?.lease,
    outbox: request?.outbox,
    steps: request?.steps.map((s) => `${s.id} ${s.outcome} ${s.reason?.code ?? ''}`),
    chain: (await history.verify()).ok,
    told: entries.map((e) => [e.kind, e.data['step'], e.data['outcome'], e.data['status']].join(' ').trim()).reverse(),
  }
}

async function control<T>(sandbox: Sandbox, path: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const posted = body && { method: 'POST', headers, body: JSON.stringify(body) }
  return (await (await fetch(`${sandbox.url}/_sandbox/${path}`, posted)).json()) as T
}

const MEGAN = 'meganb@contoso.com'
const person = (id: string, name: string): Person => ({ id, name, userPrincipalName: '' })
const meganOf = (sandbox: Sandbox): Person => person(sandbox.ids.users.megan, 'Megan Bowen')
