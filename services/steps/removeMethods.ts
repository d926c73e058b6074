import type { MethodKind } from '../graph/index.ts'
import { isRemovable } from '../graph/index.ts'
import type { Step } from './step.ts'
import { call, target } from './target.ts'

export interface RemoveMethodsArgs {
  userId: string
  /** What policy names. */
  kinds: MethodKind[]
}

/** Takes authentication methods off the account. @see learn: graph/api/resources/authenticationmethods-overview */
export const removeMethods: Step<RemoveMethodsArgs> = {
  kind: 'remove-methods',

  async observe(args, context) {
    const methods = await context.graph.authentication.methods(target(args, context), call(context))
    const left = methods.filter((m) => args.kinds.includes(m.kind)).map((m) => m.kind)
    return left.length === 0 ? { state: 'so' } : { state: 'not', before: { kinds: left } }
  },

  async apply(args, context) {
    const userId = target(args, context)
    for (const method of await context.graph.authentication.methods(userId, call(context))) {
      if (args.kinds.includes(method.kind) && isRemovable(method)) {
        await context.graph.authentication.removeMethod(userId, method, call(context))
      }
    }
  },

  undo: (_args, { saved }) =>
    `Ways of signing in (${listed(saved['kinds'])}) cannot be put back by anybody: the person registers them again.`,
}

/** What people call them. */
const WORDS: Record<string, string> = {
  phone: 'phone',
  email: 'mail address',
  fido2: 'security key',
  microsoftAuthenticator: 'Authenticator',
  softwareOath: 'code app',
  windowsHelloForBusiness: 'Windows Hello',
  platformCredential: 'platform credential',
  temporaryAccessPass: 'Temporary Access Pass',
}

/** Each kind once, in words. */
export const methodWords = (kinds: readonly string[]): string =>
  [...new Set(kinds)].map((kind) => WORDS[kind] ?? kind).join(', ')

const listed = (kinds: unknown): string => (Array.isArray(kinds) ? methodWords(kinds.map(String)) : 'some')
