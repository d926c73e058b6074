import { randomUUID } from 'node:crypto'
import { mayAsk } from '../../services/approvals/rules.ts'
import { Refusal } from '../../services/errors.ts'
import { forms } from '../forms/index.ts'
import { sendCard } from '../turn.ts'
import type { Command } from './command.ts'
import { prefill } from './prefill.ts'

/** `provision` opens the form; `provision Ada Lovelace dept=Engineering manager=megan start=tomorrow` opens it filled. */
export const provision: Command = {
  name: 'provision',
  aliases: ['create', 'onboard', 'hire'],
  async run(deps, turn, rest) {
    if (!mayAsk(await deps.roles.of(turn.actor.id))) throw new Refusal('not_helpdesk')
    const { draft, problems } = await prefill(deps, turn, rest)
    await sendCard(turn, await forms.provision.card(deps, turn, { form: randomUUID(), draft, problems }))
  },
}
