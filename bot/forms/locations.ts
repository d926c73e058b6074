import type { Choice } from '../../cards/card.ts'

// ISO 3166-1 alpha-2; the names come from the runtime's own CLDR data.
const CODES =
  'AE AR AT AU BE BG BR CA CH CL CN CO CR CY CZ DE DK DO DZ EC EE EG ES FI FR GB GE GR GT HK HR HU ID IE IL IN IS IT JP KE ' +
  'KR KW KZ LI LK LT LU LV MA MC MT MU MX MY NG NL NO NZ OM PA PE PH PK PL PT QA RO RS RU SA SE SG SI SK SN TH TN TR TW UA ' +
  'UG US UY VE VN ZA ZW'

const names = new Intl.DisplayNames('en-GB', { type: 'region' })

/** Countries for the usage location, by name. */
export const LOCATIONS: readonly Choice[] = CODES.split(' ')
  .map((code) => ({ title: names.of(code) ?? code, value: code }))
  .sort((a, b) => a.title.localeCompare(b.title))

/** The code of a country as people type it: "GB", "uk", "Germany". What is none stays as it was typed. */
export function locationOf(typed: string): string {
  const code = typed.toUpperCase()
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : typed
  return LOCATIONS.find((l) => l.title.toLowerCase() === name?.toLowerCase())?.value ?? typed
}
