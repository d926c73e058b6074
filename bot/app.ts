import type { Activity, TurnContext } from 'botbuilder'
import { register as registerActions } from './actions/index.ts'
import { greet } from './commands/help.ts'
import { register as registerCommands } from './commands/index.ts'
import type { Deps } from './deps.ts'
import { guarded } from './guard.ts'
import { saySentence } from './sentence.ts'
import { Application, type TeamsAdapter } from './teamsAi.ts'
import { turnOf } from './turn.ts'

/** The Application with its routes: one turn, one use case. */
export function createApp(deps: Deps, adapter: TeamsAdapter): { run(context: TurnContext): Promise<void> } {
  const app = new Application({ adapter })
  // teams-ai ignores its own option for this, and keeps one timer for all turns at once; ours answer before it would fire.
  app.startTypingTimer = () => undefined

  app.turn('beforeTurn', async (context) => {
    // Told first, so that a card for this very person can already be delivered while the turn runs.
    const { activity } = context
    if (!deps.actors.isVouchedFor(activity)) return true
    const isNew = await deps.conversations.remember(activity)
    if (isNew || isInstall(activity)) await deps.notifier.arrived(activity.from?.aadObjectId ?? '')
    return true
  })

  registerActions(app, deps)
  registerCommands(app, deps)

  app.addRoute(
    async ({ activity }) => isInstall(activity),
    async (context) => {
      const sentence = await guarded(deps, context, async () => greet(deps, await turnOf(deps, context)))
      if (sentence !== undefined) await context.sendActivity(sentence)
    },
  )
  return {
    /** Never rejects: what is thrown outside a handler, such as by the store before it, is said and logged likewise. */
    async run(context) {
      try {
        await app.run(context)
      } catch (error) {
        const sentence = await guarded<string>(deps, context, () => {
          throw error
        })
        await saySentence(context, sentence).catch((err: unknown) => deps.log.warn({ err }, 'nobody could be told'))
      }
    },
  }
}

/** Teams sends `installationUpdate` when somebody installs the app, in a chat of their own or in a team. */
const isInstall = (activity: Activity): boolean =>
  activity.type === 'installationUpdate' && String(activity.action ?? '').startsWith('add')
