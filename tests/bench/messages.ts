import { ids } from '../../services/sandbox/index.ts'
import { message } from './activities.ts'
import { type Comparison, compare, type Pair } from './figures.ts'
import type { Scene } from './scene.ts'

const GOAL = 1.5
const ROUNDS = 5

const { alex, isaiah } = ids.users
const SAID = [
  { what: 'message: help (a card)', as: alex, text: 'help' },
  { what: 'message: an unknown word (a sentence)', as: alex, text: 'provsion Ada Lovelace' },
  { what: 'message: requests (a card, few of mine)', as: isaiah, text: 'requests' },
  { what: 'message: requests (a card, hundreds of mine)', as: alex, text: 'requests' },
]

/** Each round lets every message have its turn, ours and bare, so that whatever slows the machine slows both. */
export async function measureMessages(scene: Scene, connections: number): Promise<Comparison[]> {
  const count = connections === 1 ? 50 : 120
  const pairs = SAID.map((): Pair => ({ ours: [], bare: [] }))
  const fire = (url: string, said: (typeof SAID)[number]) => {
    const activities = Array.from({ length: count }, () => message(scene.speak, said.as, said.text))
    return scene.shooter.fire({ url, connections, activities })
  }
  // The first round warms up and is thrown away.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [i, said] of SAID.entries()) {
      const bare = await fire(scene.echo.url, said)
      const ours = await fire(scene.product.url, said)
      if (round === 0) continue
      pairs[i]?.bare.push(bare)
      pairs[i]?.ours.push(ours)
    }
  }
  return SAID.flatMap(({ what }, i) => {
    const pair = pairs[i]
    return pair ? [compare({ what, connections, goal: GOAL }, pair)] : []
  })
}
