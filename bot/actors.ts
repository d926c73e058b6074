import type { Activity } from 'botbuilder'
import { z } from 'zod'
import type { Clock } from '../services/clock.ts'
import { toPerson } from '../services/directories/people.ts'
import { Refusal } from '../services/errors.ts'
import type { Graph } from '../services/graph/index.ts'
import type { Person } from '../services/requests/request.ts'

/** Who is speaking: decided by the object id that the channel vouches for, never by a name or by what a card sends. */
export interface Actors {
  /** True where the channel vouches for the sender, and the sender is of our tenant. */
  isVouchedFor(activity: Activity): boolean
  /** @throws Refusal `other_channel`, `other_tenant`, `unknown_person` */
  of(activity: Activity): Promise<Person>
}

/** Teams tells who somebody is; others (Web Chat, Direct Line) pass on whatever their client says. */
const TEAMS = 'msteams'
const EMULATOR = 'emulator'

const FRESH_MS = 60_000
const tenanted = z.object({ tenant: z.object({ id: z.string() }) })

export function createActors(deps: { graph: Graph; clock: Clock; tenantId: string; authenticated: boolean }): Actors {
  const remembered = new Map<string, { at: number; person: Promise<Person> }>()

  /** A disabled account keeps its Teams session for a while: it may not decide anything in that time. */
  const read = async (id: string): Promise<Person> => {
    const user = await deps.graph.users.get(id)
    if (!user || user.accountEnabled !== true) throw new Refusal('unknown_person')
    return toPerson(user)
  }

  const isOurChannel = (activity: Activity): boolean =>
    activity.channelId === TEAMS || (!deps.authenticated && activity.channelId === EMULATOR)

  const isOurTenant = (activity: Activity): boolean =>
    (tenanted.safeParse(activity.channelData).data?.tenant.id ?? activity.conversation?.tenantId) === deps.tenantId

  return {
    isVouchedFor: (activity) => isOurChannel(activity) && isOurTenant(activity),
    async of(activity) {
      if (!isOurChannel(activity)) throw new Refusal('other_channel')
      if (!isOurTenant(activity)) throw new Refusal('other_tenant')
      const id = activity.from?.aadObjectId
      if (!id) throw new Refusal('unknown_person')
      const now = deps.clock.now().getTime()
      const last = remembered.get(id)
      if (last && now - last.at < FRESH_MS) return last.person
      const person = read(id)
      remembered.set(id, { at: now, person })
      person.catch(() => remembered.delete(id))
      return person
    },
  }
}
