import { DateTime } from 'luxon'
import type { PlanContext, Problem } from '../operation.ts'

/** A day and a time in the asker's zone as a moment; neither of them means as soon as approved. */
export function startMoment(
  typed: { date: string; time: string },
  { timeZone, now, policy }: Pick<PlanContext, 'timeZone' | 'now' | 'policy'>,
): { startAt?: string } | Problem {
  const { date, time } = typed
  if (date === '' && time === '') return {}
  if (date === '') return { field: 'startDate', code: 'required' }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return { field: 'startDate', code: 'bad_date' }
  if (time !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { field: 'startTime', code: 'bad_time' }
  const at = DateTime.fromISO(`${date}T${time || '18:00'}`, { zone: timeZone })
  if (!at.isValid) return { field: 'startDate', code: 'bad_date' }
  const here = DateTime.fromJSDate(now, { zone: timeZone })
  if (at < here) {
    // Today without a time is now; anything else in the past is a slip.
    return time === '' && at.hasSame(here, 'day') ? {} : { field: 'startDate', code: 'date_in_past' }
  }
  const days = policy.provision.maxDaysAhead
  if (at > here.plus({ days })) return { field: 'startDate', code: 'date_too_far', data: { days: String(days) } }
  return { startAt: at.toUTC().toISO() ?? undefined }
}
