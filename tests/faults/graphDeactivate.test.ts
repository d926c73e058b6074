import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RequestEvent } from '../../services/graph/index.ts'
import type { Request } from '../../services/requests/request.ts'
import type { Sandbox } from '../../services/sandbox/index.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { startInstance } from './instance.ts'
import { afterLeaving, afterReturn, approvedLeaving, approvedReturn, type LEAVINGS, openLeaving } from './leaving.ts'
import { admit } from './scene.ts'

const policy = await readFile(join(import.meta.dirname, '../../services/approvals/policy.default.yml'), 'utf8')

const USER = '^/users/[^/]+$'
const PASS = '/temporaryAccessPassMethods$'

/** What each kind of step writes. Of two that write to the same place, the second spares the first. */
const OUT = {
  'set-sign-in': { method: 'PATCH', path: USER },
  'scramble-password': { method: 'PATCH', path: USER, skip: 1 },
  'revoke-sessions': { method: 'POST', path: '/revokeSignInSessions$' },
  'remove-methods': { method: 'DELETE', path: '/phoneMethods/' },
  'auto-reply': { method: 'PATCH', path: '/mailboxSettings$' },
  'set-manager': { method: 'PUT', path: '/manager/\\$ref$' },
  'add-owner': { method: 'POST', path: '/owners/\\$ref$' },
  'remove-owner': { method: 'DELETE', path: '/owners/' },
  'leave-group': { method: 'DELETE', path: '/members/' },
  'remove-licences': { method: 'POST', path: '/assignLicense$' },
  'set-device': { method: 'PATCH', path: '^/devices/' },
}

const BACK = {
  'set-device': OUT['set-device'],
  'assign-licences': { method: 'POST', path: '/assignLicense$' },
  'add-to-group': { method: 'POST', path: '/members/\\$ref$' },
  'add-owner': OUT['add-owner'],
  'remove-owner': OUT['remove-owner'],
  'set-manager': OUT['set-manager'],
  'auto-reply': OUT['auto-reply'],
  'set-sign-in': OUT['set-sign-in'],
  'hand-over': { method: 'POST', path: PASS },
}

type Writes = Record<string, { method: string; path: string; skip?: number }>

const LEGS: Record<keyof typeof LEAVINGS, { out: Writes; back: Writes }> = {
  kept: { out: OUT, back: BACK },
  deleted: {
    out: { ...OUT, 'delete-user': { method: 'DELETE', path: USER } },
    back: { 'restore-user': { method: 'POST', path: '/restore$' }, ...BACK },
  },
}

interface Fault {
  times: number
  status?: number
  retryAfter?: number
  drop?: 'before' | 'after'
}

const WEATHER: Record<string, Fault> = {
  'answers 503 once': { status: 503, times: 1 },
  'answers 429 with Retry-After once': { status: 429, retryAfter: 0.05, times: 1 },
  'answers 503 until the step has to come back': { status: 503, retryAfter: 0.01, times: 6 },
  'drops the connection once before the work': { drop: 'before', times: 1 },
  'drops the connection once after the work': { drop: 'after', times: 1 },
}

async function comeAndGo(request: Request, how: keyof typeof LEAVINGS, fault?: Fault) {
  const scene = await openLeaving(policy)
  const store = await createEmbeddedStore()
  const struck: RequestEvent[] = []
  const onRequest = (event: RequestEvent): void => {
    if (event.status === undefined || event.status === 429 || event.status >= 500) struck.push(event)
  }
  await admit(store, request)
  const instance = await startInstance({ ...scene.place, store, onRequest, sleep: briefly })
  const leg = async (id: string, writes: Writes): Promise<number> => {
    struck.length = 0
    for (const write of Object.values(writes)) if (fault) await order(scene.sandbox, { ...write, ...fault })
    await instance.untilEnded(id)
    return struck.length
  }
  const out = await leg(request._id, LEGS[how].out)
  scene.passUntil(instance.now())
  const left = unordered(await afterLeaving(scene, instance))
  const undo = await approvedReturn(scene, instance, request._id)
  const back = await leg(undo._id, LEGS[how].back)
  const returned = unordered(await afterReturn(scene, instance, undo))
  await Promise.all([store.close(), scene.sandbox.close()])
  return { end: { left, returned }, struck: [out, back], errors: instance.errors }
}

/** Between two attempts, not between two looks at a step. */
const briefly = (ms: number): Promise<void> => wait(Math.min(ms, 20))

const order = (sandbox: Sandbox, fault: object): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })

/** While one step waits for Graph, others go on. And a write that is sure to do no harm twice may have been sent twice. */
const unordered = <T extends { told: string[]; writes: string[] }>(end: T): T => ({
  ...end,
  told: [...end.told].sort(),
  writes: [...new Set(end.writes.filter((write) => / 2\d\d$/.test(write)))].sort(),
})

describe.concurrent.each(['kept', 'deleted'] as const)(
  'somebody leaves and comes back (the account is %s) while Graph',
  (how) => {
    let request: Request
    let undisturbed: Awaited<ReturnType<typeof comeAndGo>>
    beforeAll(async () => {
      request = await approvedLeaving(policy, how)
      undisturbed = await comeAndGo(request, how)
    })

    it.each(Object.entries(WEATHER))(
      '%s, at the write of every kind of step: it ends as if nothing had happened',
      async (_name, fault) => {
        const disturbed = await comeAndGo(request, how, fault)
        expect(disturbed.end).toEqual(undisturbed.end)
        expect(disturbed.errors).toEqual([])
        const { out, back } = LEGS[how]
        expect(disturbed.struck).toEqual([out, back].map((writes) => fault.times * Object.keys(writes).length))
      },
      60_000,
    )
  },
)

it('a licence whose taking away was never answered is not taken away again, as that would be refused', async () => {
  const { sandbox, place } = await openLeaving(policy)
  const { graph } = await startInstance({ ...place, store: await createEmbeddedStore() })
  const { skus, users } = sandbox.ids
  await order(sandbox, { ...OUT['remove-licences'], drop: 'after' })
  const taking = graph.users.assignLicense(users.adele, { add: [], remove: [skus.powerBi] })
  await expect(taking).rejects.toMatchObject({ name: 'GraphUnreachable', mayHaveHappened: true })
  await sandbox.close()
})
