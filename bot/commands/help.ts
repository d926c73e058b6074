import { welcomeCard } from '../../cards/welcome.ts'
import type { Deps } from '../deps.ts'
import { sendCard, type Turn } from '../turn.ts'
import type { Command } from './command.ts'

export const help: Command = {
  name: 'help',
  aliases: ['hi', 'hello', 'hey', 'start', '?'],
  run: (deps, turn) => greet(deps, turn),
}

/** What one can do here: on install, on "help", on "hello". */
export async function greet(deps: Deps, turn: Turn): Promise<void> {
  const roles = [...(await deps.roles.of(turn.actor.id))]
  await sendCard(turn, welcomeCard({ name: turn.actor.name, roles, sandbox: deps.sandbox }))
}
