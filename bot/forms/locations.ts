import type { Choice } from '../../cards/card.ts'
import { COUNTRIES } from '../../services/directories/countries.ts'

// The names come from the runtime's own CLDR data.
const names = new Intl.DisplayNames('en-GB', { type: 'region' })

/** Countries for the usage location, by name. */
export const LOCATIONS: readonly Choice[] = COUNTRIES.map((code) => ({
  title: names.of(code) ?? code,
  value: code,
})).sort((a, b) => a.title.localeCompare(b.title))

/** The code of a country as people type it: "GB", "uk", "Germany". What is none stays as it was typed. */
export function locationOf(typed: string): string {
  const code = typed.toUpperCase()
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : typed
  return LOCATIONS.find((l) => l.title.toLowerCase() === name?.toLowerCase())?.value ?? typed
}
