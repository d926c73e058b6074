/** Readers of one company share a few zones and locales; beyond this many it begins anew. */
const MOST = 200

const made = new Map<string, Intl.DateTimeFormat>()

/** As `new Intl.DateTimeFormat`, which takes longer than drawing a whole card: each is made once. @throws RangeError */
export function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = made.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat(locale, options)
  if (made.size >= MOST) made.clear()
  made.set(key, format)
  return format
}
