import { createGraph, sandboxToken } from '../../services/graph/index.ts'
import type { Request } from '../../services/requests/request.ts'
import { createEmbeddedStore } from '../../services/store/embedded.ts'
import { accountOf } from '../deactivate/account.ts'
import { type Instance, startInstance } from './instance.ts'
import { approved, control, meganOf, openScene, type Scene, storeAfter, type Write, writes } from './scene.ts'

const UPN = 'adelev@contoso.com'

/** Her mailbox is kept for the others, so that two things are done by hand; or the account is deleted a day later. */
export const LEAVINGS = { kept: { mailbox: 'shared' }, deleted: { mailbox: 'none', deleteAfterDays: '1' } }

/** Somebody reports to Adele: then between the two leavings there is a step of every kind that deactivate and undo have. */
export async function openLeaving(policy: string): Promise<Scene> {
  const scene = await openScene(policy)
  const { adele, johanna } = scene.sandbox.ids.users
  await createGraph({ baseUrl: scene.sandbox.url, token: sandboxToken() }).users.setManager(johanna, adele)
  return scene
}

/** A request to see Adele out; it can be admitted to any scene. */
export async function approvedLeaving(policy: string, leaving: keyof typeof LEAVINGS): Promise<Request> {
  const scene = await openLeaving(policy)
  const store = await createEmbeddedStore()
  const instance = await startInstance({ ...scene.place, store })
  const draft = { person: UPN, reason: 'Leaves for the sea', ...LEAVINGS[leaving] }
  const request = await approved(scene, instance, { operation: 'deactivate', draft })
  await Promise.all([store.close(), scene.sandbox.close()])
  return request
}

/** And comes back. */
export const approvedReturn = (scene: Scene, instance: Instance, left: string): Promise<Request> =>
  approved(scene, instance, { operation: 'undo', draft: { request: left, reason: 'Came back from the sea' } })

/** Her account, property by property; but for the address of the sandbox, which every run has its own of. */
export async function adeleNow({ sandbox }: Scene, { graph }: Instance): Promise<Record<string, unknown>> {
  return { ...(await accountOf({ graph }, sandbox.ids.users.adele)), '@odata.context': undefined }
}

/** Everything that can be told apart from outside: at Microsoft, in the store, in history; and what was written to get there. */
export async function afterLeaving(scene: Scene, instance: Instance) {
  const { graph } = instance
  const { groups, users } = scene.sandbox.ids
  const isGone = (await graph.deletedUsers.get(users.adele)) !== undefined
  return {
    account: isGone ? 'deleted' : await adeleNow(scene, instance),
    methods: isGone ? [] : (await graph.authentication.methods(users.adele)).map((method) => method.kind).sort(),
    owners: (await graph.groups.owners(groups.robotics)).map((owner) => owner.id).sort(),
    reportsTo: (await graph.users.manager(users.johanna))?.id,
    writes: written(await writes(scene.sandbox)),
    ...(await storeAfter(instance)),
  }
}

/** As above, and does the new pass open the door? Asked last: showing it leaves a mark in history. */
export async function afterReturn(scene: Scene, instance: Instance, request: Request) {
  const { sandbox } = scene
  const end = await afterLeaving(scene, instance)
  const { value } = await instance.verbs.revealSecret({ id: request._id, actor: meganOf(sandbox) })
  const passes = await instance.graph.authentication.taps(sandbox.ids.users.adele)
  return {
    ...end,
    usablePasses: passes.filter((tap) => tap.isUsable).length,
    signIn: await control<{ ok: boolean }>(sandbox, 'sign-in', { userPrincipalName: UPN, temporaryAccessPass: value }),
  }
}

const isPass = (write: string): boolean => write.includes('temporaryAccessPassMethods')

/** In order. A pass whose value was lost in a cut is made anew, in the place of the lost one; nothing else comes twice. */
const written = (log: Write[]): string[] =>
  log
    .map((w) => `${w.method} ${w.path} ${w.status}`)
    .filter((write, i, all) => !(isPass(write) && write === all[i - 1]))
