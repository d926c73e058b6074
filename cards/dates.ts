import { type Around, type Formats, formatsFor } from './formats.ts'

/** Where and when the reader is. */
export interface Moment {
  /** IANA zone; an unknown one falls back to UTC, which is then named. */
  timeZone: string
  /** BCP 47; anything but English is read as en-GB, as the words around are English. */
  locale: string
  now: Date
}

/**
 * "Tue 1 Dec, 09:00" in the reader's zone; with the year where it is another one than now.
 * Cards stay in the chat for days, so there is no "today" in it: see `whenNear`.
 */
export function when(date: Date, moment: Moment): string {
  const formats = formatsOf(moment)
  return `${day(date, moment.now, formats)}, ${clock(date, formats)}${formats.suffix}`
}

/** "Tue 1 Dec" in the reader's zone, where the time of day says nothing. */
export function onDay(date: Date, moment: Moment): string {
  const formats = formatsOf(moment)
  return `${day(date, moment.now, formats)}${formats.suffix}`
}

/** As `when`, with "today", "tomorrow" and "yesterday": only for answers that are read at once. */
export function whenNear(date: Date, moment: Moment): string {
  const formats = formatsOf(moment)
  return `${nearly(date, formats.around(moment.now)) ?? day(date, moment.now, formats)}, ${clock(date, formats)}${formats.suffix}`
}

const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' })

/** "just now", "5 minutes ago", "3 days ago"; the future is "in 5 minutes". */
export function ago(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000)
  if (Math.abs(seconds) < 60) return 'just now'
  if (Math.abs(seconds) < 3600) return words.format(Math.trunc(seconds / 60), 'minute')
  if (Math.abs(seconds) < 86_400) return words.format(Math.trunc(seconds / 3600), 'hour')
  return words.format(Math.trunc(seconds / 86_400), 'day')
}

function nearly(date: Date, { yesterday, today, tomorrow, dayAfter }: Around): string | undefined {
  const time = date.getTime()
  if (time < yesterday || time >= dayAfter) return undefined
  if (time < today) return 'yesterday'
  return time < tomorrow ? 'today' : 'tomorrow'
}

function day(date: Date, now: Date, formats: Formats): string {
  const { year, nextYear } = formats.around(now)
  const format = date.getTime() >= year && date.getTime() < nextYear ? formats.day : formats.dayOfYear
  // British dates get their comma after the weekday only where there is a year: one look for both.
  return format.format(date).replace(/^(\p{L}+), (\d)/u, '$1 $2')
}

/** "09:00", but "9:00 AM": where the clock has twelve hours nobody writes the nought. */
const clock = (date: Date, formats: Formats): string => formats.clock.format(date).replace(/^0(?=\d+:\d+\s)/, '')

const formatsOf = ({ locale, timeZone }: Moment): Formats => formatsFor(english(locale), timeZone)

function english(locale: string): string {
  if (/^en(-[A-Z]{2})?$/.test(locale)) return locale
  if (!/^en\b/i.test(locale)) return 'en-GB'
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
}
