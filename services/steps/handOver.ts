import type { HandOverWay } from '../approvals/policy.ts'
import { GraphRefused } from '../graph/index.ts'
import { generatePassword } from '../secrets/password.ts'
import type { Observation, Step, StepContext } from './step.ts'
import { StepBlocked } from './step.ts'
import { call, target } from './target.ts'

export interface HandOverArgs {
  userId?: string
  way: HandOverWay
  minutes: number
  /** Where an activation mail goes: the alternate address that was approved. */
  to?: string
  name: string
  userPrincipalName: string
}

/** Gets the secret for the first sign-in ready for the one who is entitled to it. */
export const handOver: Step<HandOverArgs> = {
  kind: 'hand-over',

  async observe(args, context) {
    switch (args.way) {
      case 'temporary-password':
        return { state: context.secret?.purpose === 'temporary-password' ? 'so' : 'not' }
      case 'temporary-access-pass':
        return context.secret ? passIsUsable(args, context) : { state: 'not' }
      case 'activation-mail':
        return { state: context.facts['mailedAt'] === undefined ? 'not' : 'so' }
    }
  },

  async apply(args, context) {
    switch (args.way) {
      case 'temporary-password':
        return newPassword(args, context)
      case 'temporary-access-pass': {
        const { id, value, expiresAt } = await createPass(args, context)
        await context.seal({ value, purpose: 'temporary-access-pass', expiresAt })
        // Last: cut off before this, the pass that is remembered is the one that was just replaced, so it is made anew.
        return context.remember({ passId: id })
      }
      case 'activation-mail':
        return sendActivationMail(args, context)
    }
  },
}

async function passIsUsable(args: HandOverArgs, context: StepContext): Promise<Observation> {
  const passes = await context.graph.authentication.taps(target(args, context), call(context))
  return { state: passes.some((p) => p.id === context.facts['passId'] && p.isUsable) ? 'so' : 'not' }
}

interface Pass {
  id: string
  value: string
  expiresAt: Date
}

/** A pass replaces the one before it, so an attempt that was cut off leaves nothing behind. */
async function createPass(args: HandOverArgs, context: StepContext): Promise<Pass> {
  const policy = await context.graph.authentication.tapPolicy(call(context))
  if (!policy.enabled) throw new StepBlocked({ code: 'pass_policy_off' })
  const minutes = Math.min(Math.max(args.minutes, policy.minMinutes), policy.maxMinutes)
  const once = policy.oneTimeOnly
  const tap = await context.graph.authentication.createTap(target(args, context), { minutes, once }, call(context))
  return { id: tap.id, value: tap.pass, expiresAt: new Date(tap.startsAt.getTime() + tap.minutes * 60_000) }
}

/** Only when asked for anew: the first one was set when the account was created, which needs no role on the app. */
async function newPassword(args: HandOverArgs, context: StepContext): Promise<void> {
  const value = generatePassword()
  const expiresAt = new Date(context.now.getTime() + args.minutes * 60_000)
  const passwordProfile = { password: value, forceChangePasswordNextSignIn: true }
  await context.graph.users.update(target(args, context), { passwordProfile }, call(context))
  await context.seal({ value, purpose: 'temporary-password', expiresAt })
}

/** A mail that was sent twice because of a cut is harmless: its pass replaces the one in the mail before. */
async function sendActivationMail(args: HandOverArgs, context: StepContext): Promise<void> {
  if (context.mailFrom === undefined || args.to === undefined) throw new StepBlocked({ code: 'mail_not_configured' })
  const pass = await createPass(args, context)
  const message = { to: args.to, subject: 'Your new account', text: activationText(args, pass) }
  await context.graph.mail.send(context.mailFrom, message, call(context)).catch(unlessNoMailbox)
  await context.remember({ mailedAt: context.now.toISOString() })
}

/** The new account may not be visible yet; a mailbox that is not there will not come by waiting. */
function unlessNoMailbox(error: unknown): never {
  if (error instanceof GraphRefused && error.status === 404)
    throw new StepBlocked({ code: 'mail_not_configured', graphCode: error.code })
  throw error
}

function activationText(args: HandOverArgs, pass: Pass): string {
  return [
    `Hello ${args.name},`,
    '',
    'an account has been made for you. To sign in for the first time:',
    '',
    '1. Open https://mysignins.microsoft.com/security-info',
    `2. User name: ${args.userPrincipalName}`,
    `3. Temporary Access Pass: ${pass.value}`,
    '',
    `The pass works until ${pass.expiresAt.toUTCString()}. If this mail came twice, use the newer one.`,
    'Then add your own way of signing in; the pass is not needed again.',
  ].join('\n')
}
