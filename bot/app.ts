import type { TeamsAdapter } from '@microsoft/teams-ai'
import { Application } from '@microsoft/teams-ai'
import type { TurnContext } from 'botbuilder'
import { register as registerActions } from './actions/index.ts'
import { greet } from './commands/help.ts'
import { register as registerCommands } from './commands/index.ts'
import type { Deps } from './deps.ts'
import { guarded } from './guard.ts'
import { turnOf } from './turn.ts'

/** The Application with its routes: one turn, one use case. */
export function createApp(deps: Deps, adapter: TeamsAdapter): Application {
  const app = new Application({ adapter })
  // teams-ai ignores its own option for this, and keeps one timer for all turns at once; ours answer before it would fire.
  app.startTypingTimer = () => undefined

  app.turn('beforeTurn', async (context) => {
    // Told first, so that a card for this very person can already be delivered while the turn runs.
    if (await deps.conversations.remember(context.activity))
      await deps.notifier.arrived(context.activity.from.aadObjectId ?? '')
    return true
  })

  registerActions(app, deps)
  registerCommands(app, deps)

  app.addRoute(isInstall, async (context) => {
    const sentence = await guarded(deps, context, async () => greet(deps, await turnOf(deps, context)))
    if (sentence !== undefined) await context.sendActivity(sentence)
  })
  return app
}

/** Teams sends `installationUpdate` when somebody installs the app, in a chat of their own or in a team. */
const isInstall = async (context: TurnContext): Promise<boolean> =>
  context.activity.type === 'installationUpdate' && /^add/.test(context.activity.action ?? '')
