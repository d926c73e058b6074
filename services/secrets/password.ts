import { randomInt } from 'node:crypto'

// Without 0 O o, 1 I l, and what is easily misheard or misread when a password is typed from a phone.
const classes = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789']
const letters = 16

/**
 * A temporary password of 19 characters, in groups of four: `Kp7x-Rm4t-…` (some 90 bits). It always has lower case,
 * upper case, a digit and a symbol; Entra wants three of the four and 8 to 256 characters.
 * @see https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy
 */
export function generatePassword(): string {
  const anyOf = classes.join('')
  const free = Array.from({ length: letters - classes.length }, () => pick(anyOf))
  const mixed = shuffled([...classes.map(pick), ...free]).join('')
  return (mixed.match(/.{4}/g) ?? []).join('-')
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length))
}

function shuffled<T>(items: T[]): T[] {
  const rest = [...items]
  return items.flatMap(() => rest.splice(randomInt(rest.length), 1))
}
