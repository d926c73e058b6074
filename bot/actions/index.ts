import type { TurnContext } from 'botbuilder'
import { runCommand } from '../commands/index.ts'
import type { Deps } from '../deps.ts'
import { guarded } from '../guard.ts'
import { refusalText } from '../replies.ts'
import { saySentence } from '../sentence.ts'
import type { Application } from '../teamsAi.ts'
import { turnOf } from '../turn.ts'
import { Refusal } from '../../services/errors.ts'
import { OPERATION_NAMES } from '../../services/operations/operation.ts'
import type { Action, Answer } from './action.ts'
import { readCommand } from './data.ts'
import { approve, reject } from './decide.ts'
import { cancel, formActions } from './forms.ts'
import { again, open, retry, tick, undo, withdraw } from './request.ts'
import { renew, reveal } from './secret.ts'

/** A button that stands for a command. */
const command: Action = {
  verb: 'command.run',
  async run(deps, turn, data) {
    await runCommand(deps, turn.context, readCommand(data))
    return 'Here it is.'
  },
}

/** The table of contents: every verb there is. */
const ACTIONS: readonly Action[] = [
  ...OPERATION_NAMES.flatMap(formActions),
  cancel,
  approve,
  reject,
  open,
  withdraw,
  retry,
  again,
  tick,
  undo,
  reveal,
  renew,
  command,
]

/**
 * One registration a verb, and no card with `refresh`: teams-ai keeps the response mode of a registration across turns,
 * and after one such card every later one would replace the message for everybody.
 */
export function register(app: Application, deps: Deps): void {
  for (const action of ACTIONS) {
    app.adaptiveCards.actionExecute(action.verb, (context, _state, data: unknown) =>
      guarded<Answer>(deps, context, async () => action.run(deps, await turnOf(deps, context), data)),
    )
  }
  app.addRoute(isCardAction, (context) => refuseUnknown(deps, context), true)
}

const isCardAction = async ({ activity }: TurnContext): Promise<boolean> =>
  activity.type === 'invoke' && activity.name === 'adaptiveCard/action'

/** A verb nobody knows: a button of an older card, or somebody trying things out. */
async function refuseUnknown(deps: Deps, context: TurnContext): Promise<void> {
  const speaker = { timeZone: 'UTC', locale: 'en-GB', now: deps.clock.now() }
  await saySentence(context, refusalText(new Refusal('unknown_verb'), speaker))
}
