import { ids } from '../../services/sandbox/index.ts'
import { message } from './activities.ts'
import type { Child } from './children.ts'
import { type Comparison, compare, type Pair } from './figures.ts'
import type { Volley } from './load.ts'
import type { Scene } from './scene.ts'

const GOAL = 1.5
const ROUNDS = 8

/** As many of each as make a bot as fast as it gets: of the echo's one path each of ours is only a part. */
const WARMING = 600

const { alex, isaiah } = ids.users
const SAID = [
  { what: 'message: help (a card)', as: alex, text: 'help' },
  { what: 'message: an unknown word (a sentence)', as: alex, text: 'provsion Ada Lovelace' },
  { what: 'message: requests (a card, few of mine)', as: isaiah, text: 'requests' },
  { what: 'message: requests (a card, hundreds of mine)', as: alex, text: 'requests' },
]

/** Each round lets every message have its turn, ours and bare, so that whatever slows the machine slows both. */
export async function measureMessages(scene: Scene, connections: number): Promise<Comparison[]> {
  const count = connections === 1 ? 100 : 240
  const pairs = SAID.map((): Pair => ({ ours: [], bare: [] }))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, said] of SAID.entries()) {
      pairs[i]?.bare.push(await fire(scene, { at: scene.echo, said, connections, count }))
      pairs[i]?.ours.push(await fire(scene, { at: scene.product, said, connections, count }))
    }
  }
  return SAID.flatMap(({ what }, i) => {
    const pair = pairs[i]
    return pair ? [compare({ what, connections, goal: GOAL }, pair)] : []
  })
}

export async function warmUp(scene: Scene): Promise<void> {
  for (const said of SAID) {
    for (const at of [scene.echo, scene.product]) await fire(scene, { at, said, connections: 16, count: WARMING })
  }
}

interface Fire {
  at: Child
  said: (typeof SAID)[number]
  connections: number
  count: number
}

function fire(scene: Scene, { at, said, connections, count }: Fire): Promise<Volley> {
  const activities = Array.from({ length: count }, () => message(scene.speak, said.as, said.text))
  return scene.shooter.fire({ url: at.url, connections, activities })
}
