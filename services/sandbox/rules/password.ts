import { createHash } from 'node:crypto'
import { badRequest } from '../errors.ts'

/** Hash with the account's id as salt: enough to tell in a test whether a password works, never to give it back. */
export const hashSecret = (salt: string, secret: string) =>
  createHash('sha256').update(`${salt}:${secret}`).digest('hex')

/** Microsoft Entra password policy of cloud accounts: 8..256 characters, three of four kinds, no Unicode. */
export function checkPassword(password: unknown): asserts password is string {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]
  const text = typeof password === 'string' ? password : ''
  const strong = text.length >= 8 && text.length <= 256 && /^[\x20-\x7e]*$/.test(text)
  if (strong && kinds.filter((kind) => kind.test(text)).length >= 3) return
  throw badRequest(
    'The specified password does not comply with password complexity requirements. Please provide a different password.',
  )
}
