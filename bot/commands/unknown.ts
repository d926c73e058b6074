import { closest, distance } from 'fastest-levenshtein'
import { plain } from '../../cards/text.ts'

/** An unknown command gets the nearest one proposed, if one is near at all. */
export function unknownCommand(text: string, known: readonly string[]): string {
  const word = text.trim().split(/\s+/)[0]?.toLowerCase() ?? ''
  const near = word === '' ? undefined : closest(word, [...known])
  const isNear = near !== undefined && distance(word, near) <= Math.max(2, Math.floor(near.length / 3))
  const said = plain(word, 40)
  return isNear
    ? `I do not know "${said}". Did you mean **${near}**? Type **help** for everything I can do.`
    : `I do not know "${said}". Type **help** for everything I can do.`
}
