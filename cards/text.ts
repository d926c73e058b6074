/** What a reader cannot see but a renderer obeys: controls, zero-width marks, bidirectional overrides and isolates, tags. */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const SPACES = /[\s\u0085\u2028\u2029]+/gu
const LONE_SURROGATE = /\p{Cs}/gu

/** More accents on one letter than any script needs: they would be drawn over the lines around. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu

/** Words of printable ASCII, one space between: nothing to mend, and nearly every text is so. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** Longest text of a person or directory that a card shows, in characters, unless told otherwise. */
const LONGEST = 300

/**
 * Text as it is, on one line, without marks that change how its neighbours are shown; cut with … beyond `max`
 * characters. For elements that know no markdown: TextRun, button and choice titles, input values.
 */
export function literal(text: string, max = LONGEST): string {
  if (text.length <= max && PLAIN.test(text)) return text
  // A character may be made of many code units, but not of so many that a long text is worth walking through.
  const start = text.slice(0, max * 32)
  const line = start
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(PILED_MARKS, '$1')
    .trim()
  // No line has more characters than code units: the usual, short one needs no counting.
  if (line.length <= max && start.length === text.length) return line
  const characters = Array.from(new Intl.Segmenter('en').segment(line), (c) => c.segment)
  if (characters.length <= max && start.length === text.length) return line
  const kept = characters.slice(0, max - 1).join('')
  return `${kept.trimEnd()}…`
}

/**
 * Text of a person or directory for places that read markdown, such as a chat message: shown literally there. A bare
 * address becomes a link all the same, as clients look for those after rendering; it leads where it says.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export function plain(text: string, max = LONGEST): string {
  return literal(text, max)
    .replace(/[\\`*_[\]()#~|!{}]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^([-+])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** "Ada", "Ada and Ben", "Ada, Ben and Cy"; joined by "or" if so told. */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`
}

/** "1 step", "2 steps". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Enough of a digest to compare two cards by eye: "3f9a-12c4". */
export const shortDigest = (digest: string): string => `${digest.slice(0, 4)}-${digest.slice(4, 8)}`
