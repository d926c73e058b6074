import { randomInt } from 'node:crypto'

// Without 0/O, 1/I/L and U: it is read out on the telephone.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `LK-7F3K`. `length` grows when the short ones run out. */
export function newId(length = 4): string {
  return `LK-${Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}

export const isId = (text: string): boolean => /^LK-[2-9A-Z]{4,8}$/i.test(text)
