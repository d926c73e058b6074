import { DateTime } from 'luxon'
import type { Draft, Problem } from '../../services/operations/operation.ts'

/** A name, an equal sign, and a value that is not the next name already; or something in quotes; or a word. */
const PARTS = /([\w-]+)\s*=(?:\s*["“”„]([^"“”„]*)["“”]|(\S+)|\s+(?![\w-]+\s*=)(\S+)|)|["“”„]([^"“”„]*)["“”]|(\S+)/g

/**
 * `Ada Lovelace dept="Quality Control" manager=Megan Bowen` → the loose words, and the named values with lower-case names.
 * Where words came first, a value goes on to the next name: "Bowen" is no part of Ada's name. `flags` never belong to a value.
 */
export function readWords(text: string, flags: readonly string[] = []): { words: string[]; named: [string, string][] } {
  const words: string[] = []
  const named: [string, string][] = []
  let open: [string, string] | undefined
  for (const [, name, quotedValue, near, far, quoted, word = ''] of text.matchAll(PARTS)) {
    if (name !== undefined) {
      const entry: [string, string] = [name.toLowerCase(), quotedValue ?? near ?? far ?? '']
      named.push(entry)
      open = quotedValue === undefined && words.length > 0 ? entry : undefined
    } else if (open && quoted === undefined && !flags.includes(word.toLowerCase())) {
      open[1] = `${open[1]} ${word}`.trim()
    } else words.push(quoted ?? word)
  }
  return { words, named }
}

export interface Fields {
  words: string[]
  typed: Draft
  /** One for each name that nobody knows: said on the form, not passed over. */
  problems: Problem[]
}

/** What was typed behind a command, by the fields that the names stand for. */
export function readFields(text: string, names: Readonly<Record<string, string>>, flags?: readonly string[]): Fields {
  const { words, named } = readWords(text, flags)
  const typed: Draft = {}
  const problems: Problem[] = []
  for (const [name, value] of named) {
    // "constructor=" is no field either.
    const field = Object.hasOwn(names, name) ? names[name] : undefined
    if (field) typed[field] = value
    else problems.push({ field: 'command', code: 'unknown_field', data: { name } })
  }
  return { words, typed, problems }
}

interface DaySpeaker {
  timeZone: string
  locale: string
  now: Date
}

/** A day in words ("tomorrow", "next monday", "1 dec", "2026-12-01") as YYYY-MM-DD in the speaker's zone; undefined if unclear. */
export async function readDay(text: string, speaker: DaySpeaker): Promise<string | undefined> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const { en } = await import('chrono-node')
  const here = DateTime.fromJSDate(speaker.now, { zone: speaker.timeZone })
  // 1/2 is the second of January to an American, and the first of February to others.
  const english = /^en-us$/i.test(speaker.locale) ? en.casual : en.GB
  const [found] = english.parse(text, { instant: speaker.now, timezone: here.offset }, { forwardDate: true })
  const [year, month, day] = [found?.start.get('year'), found?.start.get('month'), found?.start.get('day')]
  if (!year || !month || !day) return undefined
  return DateTime.fromObject({ year, month, day }).toISODate() ?? undefined
}
