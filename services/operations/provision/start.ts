import { DateTime } from 'luxon'
import type { Problem } from '../operation.ts'

export type Start = { startDate?: string; startAt?: string } | Problem

/** A start day (YYYY-MM-DD, in `zone`) as the moment on which the account is made; today means at once. */
export function startOn(day: string, options: { zone: string; now: Date; time: string; maxDaysAhead: number }): Start {
  if (day === '') return {}
  const today = DateTime.fromJSDate(options.now, { zone: options.zone }).startOf('day')
  const date = DateTime.fromISO(day, { zone: options.zone })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !date.isValid) return { field: 'startDate', code: 'bad_date' }
  if (date < today) return { field: 'startDate', code: 'date_in_past' }
  if (date > today.plus({ days: options.maxDaysAhead })) {
    return { field: 'startDate', code: 'date_too_far', data: { days: String(options.maxDaysAhead) } }
  }
  const at = DateTime.fromISO(`${day}T${options.time}`, { zone: options.zone })
  if (date.hasSame(today, 'day') || at.toJSDate() <= options.now) return { startDate: day }
  return { startDate: day, startAt: at.toUTC().toISO() ?? undefined }
}
