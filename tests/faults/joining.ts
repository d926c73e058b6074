import type { HandOverWay } from '../../services/approvals/policy.ts'
import type { Request } from '../../services/requests/request.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { type Instance, startInstance } from './instance.ts'
import { approved, control, meganOf, type Scene, storeAfter, writes } from './scene.ts'

const UPN = 'ada.lovelace@contoso.com'

/** A request for an account with one step of every kind that provision has. */
export async function approvedProvision(scene: Scene, handOver: HandOverWay): Promise<Request> {
  const store = await createEmbeddedStore()
  const job = { manager: 'meganb@contoso.com', template: 'contractor', usageLocation: 'GB', reason: 'Helps out' }
  const draft = { firstName: 'Ada', lastName: 'Lovelace', ...job, handOver }
  const instance = await startInstance({ ...scene.place, store })
  const request = await approved(scene, instance, { operation: 'provision', draft })
  await store.close()
  return request
}

/** Everything that can be told apart from outside once it is over: at Microsoft, in the store, in history. */
export async function afterProvision({ sandbox }: Scene, instance: Instance) {
  const { graph, verbs, requests } = instance
  const user = await graph.users.get(UPN)
  const id = user?.id ?? ''
  const [request] = await requests.find({})
  // First, as showing the secret leaves a mark in it.
  const stored = await storeAfter(instance)
  const secret = await verbs.revealSecret({ id: request?._id ?? '', actor: meganOf(sandbox) })
  const { id: _id, createdDateTime: _at, licenseAssignmentStates, ...rest } = user ?? {}
  const profile = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('@')))
  const made = (await writes(sandbox)).filter((w) => w.method === 'POST' && w.path === '/users' && w.status === 201)
  const pass = secret.note.purpose === 'temporary-access-pass'
  return {
    profile: {
      ...profile,
      licences: licenseAssignmentStates?.map((s) => `${s.skuId} ${s.state} ${s.assignedByGroup}`),
    },
    manager: (await graph.users.manager(id))?.userPrincipalName,
    groups: (await graph.users.memberOf(id)).map((group) => group.id).sort(),
    created: made.length,
    usablePasses: (await graph.authentication.taps(id)).filter((tap) => tap.isUsable).length,
    signIn: await control<{ ok: boolean }>(sandbox, 'sign-in', {
      userPrincipalName: UPN,
      ...(pass ? { temporaryAccessPass: secret.value } : { password: secret.value }),
    }),
    ...stored,
  }
}
