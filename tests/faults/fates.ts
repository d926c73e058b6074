import type { Request } from '../../services/requests/request.ts'
import type { Death } from './child.ts'
import type { Ground } from './grounds.ts'
import { type Instance, startInstance } from './instance.ts'
import { adeleNow, afterLeaving, afterReturn, approvedReturn, openLeaving } from './leaving.ts'
import type { Lives } from './lives.ts'
import { admit, type Scene } from './scene.ts'

/** How the first so many processes die that carry a request through; the one after them lives. */
export interface Fate {
  death?: Death
  times: number
}

interface Stage {
  policy: string
  lives: Lives
  ground: Ground
}

/** She leaves, and then comes back: the processes that see to it have the same fate both times. */
export async function comeAndGo(request: Request, fate: Fate, { policy, lives, ground }: Stage) {
  const scene = await openLeaving(policy)
  const errors: unknown[] = []
  const inside = async <T>(work: (instance: Instance) => Promise<T>): Promise<T> => {
    const store = await ground.open()
    const instance = await startInstance({ ...scene.place, store })
    const result = await work(instance)
    errors.push(...instance.errors)
    await store.close()
    return result
  }
  try {
    const before = await inside((instance) => adeleNow(scene, instance))
    const store = await ground.open()
    await admit(store, request)
    await store.close()
    const out = await carry({ scene, ground, lives }, { id: request._id, fate })
    const [left, undo] = await inside(async (instance) => {
      await instance.untilEnded(request._id)
      scene.passUntil(instance.now())
      return [await afterLeaving(scene, instance), await approvedReturn(scene, instance, request._id)] as const
    })
    const back = await carry({ scene, ground, lives }, { id: undo._id, fate })
    const returned = await inside(async (instance) => {
      await instance.untilEnded(undo._id)
      return afterReturn(scene, instance, undo)
    })
    return { end: { before, left, returned }, out, back, errors }
  } finally {
    await Promise.all([ground.clear(), scene.sandbox.close()])
  }
}

/** @returns how many processes died, and the boundaries that the last one passed; none if it died as well */
async function carry(
  { scene, ground, lives }: Pick<Stage, 'ground' | 'lives'> & { scene: Scene },
  { id, fate: { death, times } }: { id: string; fate: Fate },
) {
  const order = { ...scene.place, store: ground.at, id }
  for (let killed = 0; death && killed < times; killed += 1) {
    const boundaries = await lives.live({ ...order, death })
    if (boundaries) return { killed, boundaries }
  }
  return { killed: times, boundaries: death ? [] : ((await lives.live(order)) ?? []) }
}
