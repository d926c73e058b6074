import type { Command } from './command.ts'
import { openForm } from './openForm.ts'
import { prefill } from './prefill.ts'

/** `provision` opens the form; `provision Ada Lovelace dept=Engineering manager=megan start=tomorrow` opens it filled. */
export const provision: Command = {
  name: 'provision',
  aliases: ['create', 'onboard', 'hire'],
  run: async (deps, turn, rest) =>
    openForm(deps, turn, { operation: 'provision', ...(await prefill(deps, turn, rest)) }),
}
