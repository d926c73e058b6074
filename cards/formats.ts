import { DateTime } from 'luxon'
import { remember } from './remember.ts'

/** How the readers of one zone and language see a date. */
export interface Formats {
  /** "Tue, 1 Dec" */
  day: Intl.DateTimeFormat
  /** "Tue, 1 Dec 2026" */
  dayOfYear: Intl.DateTimeFormat
  /** "09:00" */
  clock: Intl.DateTimeFormat
  around(now: Date): Around
  /** Empty, or the zone where it is not the reader's. */
  suffix: '' | ' UTC'
}

/** When the reader's days and years around now begin, in milliseconds since 1970. */
export interface Around {
  yesterday: number
  today: number
  tomorrow: number
  dayAfter: number
  year: number
  nextYear: number
}

/** Readers of one company share a few zones and languages. */
const known = remember<Formats>(200)

/** Each is made once: to make one takes longer than to draw a whole card. An unknown zone falls back to UTC, and says so. */
export const formatsFor = (locale: string, timeZone: string): Formats =>
  known(`${locale} ${timeZone}`, () =>
    isKnown(timeZone) ? make(locale, timeZone) : { ...make(locale, 'UTC'), suffix: ' UTC' },
  )

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
  let around: Around | undefined
  return {
    day: new Intl.DateTimeFormat(locale, day),
    dayOfYear: new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' }),
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }),
    around(now) {
      const time = now.getTime()
      if (!around || time < around.today || time >= around.tomorrow) around = aroundNow(now, timeZone)
      return around
    },
    suffix: '',
  }
}

function aroundNow(now: Date, zone: string): Around {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day')
  const year = today.startOf('year')
  return {
    yesterday: today.minus({ days: 1 }).toMillis(),
    today: today.toMillis(),
    tomorrow: today.plus({ days: 1 }).toMillis(),
    dayAfter: today.plus({ days: 2 }).toMillis(),
    year: year.toMillis(),
    nextYear: year.plus({ years: 1 }).toMillis(),
  }
}
