import type { TurnContext } from 'botbuilder'
import { isId } from '../../services/requests/id.ts'
import type { Deps } from '../deps.ts'
import { guarded } from '../guard.ts'
import type { Application } from '../teamsAi.ts'
import { turnOf } from '../turn.ts'
import type { Command } from './command.ts'
import { deactivate, reactivate } from './deactivate.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { provision } from './provision.ts'
import { approvals, requests } from './requests.ts'
import { show } from './show.ts'
import { undo } from './undo.ts'
import { unmarked } from './unmarked.ts'
import { unknownCommand } from './unknown.ts'

/** The table of contents: every command there is. */
const COMMANDS: readonly Command[] = [provision, deactivate, reactivate, undo, requests, approvals, history, help]

const byWord = new Map(COMMANDS.flatMap((c) => [c.name, ...(c.aliases ?? [])].map((word) => [word, c] as const)))

const isMessage = async (context: TurnContext): Promise<boolean> => context.activity.type === 'message'

export function register(app: Application, deps: Deps): void {
  app.addRoute(isMessage, async (context) => {
    await runCommand(deps, context, unmarked(context.activity))
  })
}

/** Runs what was typed, or what a button stands for. */
export async function runCommand(deps: Deps, context: TurnContext, text: string): Promise<void> {
  const sentence = await guarded(deps, context, async () => {
    const turn = await turnOf(deps, context)
    const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? []
    // Only the mention, or a picture: whoever says nothing hears what can be said.
    if (word === '') return help.run(deps, turn, '')
    if (isId(word)) return show(deps, turn, word)
    const command = byWord.get(word.toLowerCase())
    if (!command)
      return unknownCommand(
        text,
        COMMANDS.map((c) => c.name),
      )
    return command.run(deps, turn, rest.trim())
  })
  if (sentence !== undefined) await context.sendActivity(sentence)
}
