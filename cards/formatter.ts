/** Readers of one company share a few zones and locales; beyond this many it begins anew. */
const MOST = 200

const KINDS = {
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayOfYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
  year: { year: 'numeric' },
  date: {},
} satisfies Record<string, Intl.DateTimeFormatOptions>

interface Format {
  kind: keyof typeof KINDS
  locale: string
  timeZone: string
}

const made = new Map<string, Intl.DateTimeFormat>()

/** As `new Intl.DateTimeFormat`, which takes longer than drawing a whole card: each is made once. @throws RangeError */
export function formatter({ kind, locale, timeZone }: Format): Intl.DateTimeFormat {
  const key = `${kind} ${locale} ${timeZone}`
  const known = made.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat(locale, { ...KINDS[kind], timeZone })
  if (made.size >= MOST) made.clear()
  made.set(key, format)
  return format
}
