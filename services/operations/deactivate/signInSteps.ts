import type { Policy } from '../../approvals/policy.ts'
import type { PlannedStep } from '../../requests/request.ts'
import { methodWords } from '../../steps/removeMethods.ts'
import type { DeactivateInput } from './input.ts'
import type { Survey } from './survey.ts'

/** Sign-in blocked, sessions ended, the password known to nobody, the ways of signing in gone. */
export function signInSteps({ userId }: DeactivateInput, { user, methods }: Survey, policy: Policy): PlannedStep[] {
  const kinds = policy.deactivate.removeMethods
  const held = [...new Set(methods.filter((m) => kinds.some((k) => k === m)))].sort()
  const block: PlannedStep = {
    id: 'sign-in',
    kind: 'set-sign-in',
    change: 'change',
    title: 'Sign-in',
    before: 'allowed',
    after: 'blocked',
    args: { userId, enabled: false },
  }
  const remove: PlannedStep = {
    id: 'methods',
    kind: 'remove-methods',
    change: 'remove',
    title: 'Ways to sign in',
    before: methodWords(held),
    after: '',
    args: { userId, kinds },
  }
  return [
    ...(user.accountEnabled ? [block] : []),
    {
      id: 'sessions',
      kind: 'revoke-sessions',
      change: 'remove',
      title: 'Sessions',
      before: 'open',
      after: 'ended',
      args: { userId },
    },
    {
      id: 'password',
      kind: 'scramble-password',
      change: 'change',
      title: 'Password',
      before: 'their own',
      after: 'random, known to nobody',
      args: { userId },
    },
    ...(held.length > 0 ? [remove] : []),
  ]
}
