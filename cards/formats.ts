/** Readers of one company share a few zones and locales; beyond this many it begins anew. */
const MOST = 200

/** How the readers of one zone and language see a date. */
export interface Formats {
  /** "Tue, 1 Dec" */
  day: Intl.DateTimeFormat
  /** "Tue, 1 Dec 2026" */
  dayOfYear: Intl.DateTimeFormat
  /** "09:00" */
  clock: Intl.DateTimeFormat
  /** "2026-12-01" */
  calendar: (date: Date) => string
  /** As `calendar`, for the one "now" that all dates of a card are compared with. */
  today: (now: Date) => string
  /** Empty, or the zone where it is not the reader's. */
  suffix: '' | ' UTC'
}

const made = new Map<string, Formats>()

/** Each is made once: to make one takes longer than to draw a whole card. An unknown zone falls back to UTC, and says so. */
export function formatsFor(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`
  const known = made.get(key)
  if (known) return known
  const formats = isKnown(timeZone) ? make(locale, timeZone) : { ...make(locale, 'UTC'), suffix: ' UTC' as const }
  if (made.size >= MOST) made.clear()
  made.set(key, formats)
  return formats
}

function isKnown(timeZone: string): boolean {
  try {
    Intl.DateTimeFormat('en-GB', { timeZone })
    return true
  } catch {
    return false
  }
}

function make(locale: string, timeZone: string): Formats {
  const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const
  const { format: calendar } = new Intl.DateTimeFormat('sv-SE', { timeZone })
  let last = { time: Number.NaN, day: '' }
  return {
    day: new Intl.DateTimeFormat(locale, day),
    dayOfYear: new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' }),
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }),
    calendar,
    today(now) {
      const time = now.getTime()
      if (time !== last.time) last = { time, day: calendar(now) }
      return last.day
    },
    suffix: '',
  }
}
