import type { Request } from '../../services/requests/request.ts'
import { textsOf } from '../support/cards.ts'
import type { Harness } from '../support/harness.ts'
import { ask, decide, type Draft, now } from '../rules/support.ts'

export { ask, decide, now }

/** One step of every kind. */
export const whole = (lk: Harness): Draft => ({ groups: lk.ids.groups.vpn, licences: lk.ids.skus.powerBi })

/** What `whole` comes to. */
export const complete = (lk: Harness) => ({
  manager: lk.megan,
  groups: [lk.ids.groups.vpn],
  licences: [lk.ids.skus.powerBi],
  signsIn: true,
})

/** Asked and approved, and carried as far as it goes by itself. */
export async function run(lk: Harness, draft: Draft, betweenTheTwo?: (request: Request) => Promise<unknown>) {
  const request = await ask(lk, draft)
  await betweenTheTwo?.(request)
  await decide(lk, request, { as: lk.megan })
  await lk.settle()
  return now(lk, request)
}

export const order = (lk: Harness, fault: object): Promise<Response> => lk.control('POST', 'faults', fault)

export interface Write {
  method: string
  path: string
  status: number
}

export async function writes(lk: Harness): Promise<Write[]> {
  return ((await (await lk.control('GET', 'writes')).json()) as { value: Write[] }).value
}

/** Graph itself, for what happens there without Latchkey. */
export async function inGraph(lk: Harness, path: string, body?: object): Promise<unknown> {
  const posted = body && { method: 'POST', body: JSON.stringify(body) }
  const headers = { authorization: 'Bearer test', 'content-type': 'application/json' }
  const answer = await fetch(`${lk.sandboxUrl}/v1.0${path}`, { headers, ...posted })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** How many accounts Graph has made since `before`. */
export async function created(lk: Harness, before: number): Promise<number> {
  const made = (await writes(lk)).slice(before)
  return made.filter((w) => w.method === 'POST' && w.path === '/users' && w.status === 201).length
}

/** The account as Graph shows it, and whether the one who was handed the pass gets in with it. */
export async function accountOf(lk: Harness, request: Request) {
  const { userPrincipalName } = request.subject
  const user = await lk.graph.users.get(userPrincipalName)
  const id = user?.id ?? ''
  const { reply } = await lk.click('secret.reveal', { id: request._id }, { as: lk.megan })
  return {
    manager: (await lk.graph.users.manager(id))?.id,
    groups: (await lk.graph.users.memberOf(id)).map((g) => g.id),
    licences: user?.assignedLicenses?.map((l) => l.skuId),
    signsIn: await signsInWithAny(lk, userPrincipalName, textsOf(reply)),
  }
}

async function signsInWithAny(lk: Harness, userPrincipalName: string, texts: string[]): Promise<boolean> {
  for (const text of texts) {
    for (const secret of [{ temporaryAccessPass: text }, { password: text }]) {
      const answer = await lk.control('POST', 'sign-in', { userPrincipalName, ...secret })
      if (((await answer.json()) as { ok: boolean }).ok) return true
    }
  }
  return false
}
