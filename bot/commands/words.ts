import { DateTime } from 'luxon'
import type { Draft, Problem } from '../../services/operations/operation.ts'

/** `Ada Lovelace dept="Quality Control" manager=megan` → the loose words, and the named values with lower-case names. */
export function readWords(text: string): { words: string[]; named: [string, string][] } {
  const words: string[] = []
  const named: [string, string][] = []
  for (const [, name, quotedValue, value, quoted, word] of text.matchAll(
    /([A-Za-z-]+)=(?:["“”]([^"“”]*)["“”]|(\S*))|["“”]([^"“”]*)["“”]|(\S+)/g,
  )) {
    if (name !== undefined) named.push([name.toLowerCase(), quotedValue ?? value ?? ''])
    else words.push(quoted ?? word ?? '')
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
export function readFields(text: string, names: Readonly<Record<string, string>>): Fields {
  const { words, named } = readWords(text)
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

/** A day in words ("tomorrow", "next monday", "1 dec", "2026-12-01") as YYYY-MM-DD in the speaker's zone; undefined if unclear. */
export async function readDay(text: string, speaker: { timeZone: string; now: Date }): Promise<string | undefined> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const { casual } = await import('chrono-node')
  const here = DateTime.fromJSDate(speaker.now, { zone: speaker.timeZone })
  const [found] = casual.parse(text, { instant: speaker.now, timezone: here.offset }, { forwardDate: true })
  const [year, month, day] = [found?.start.get('year'), found?.start.get('month'), found?.start.get('day')]
  if (!year || !month || !day) return undefined
  return DateTime.fromObject({ year, month, day }).toISODate() ?? undefined
}
