import { describe, expect, it } from 'vitest'
import { ago, when, whenNear } from '../../cards/dates.ts'

const now = new Date('2026-11-23T12:00:00Z')
const london = { timeZone: 'Europe/London', locale: 'en-GB', now }
const at = (text: string): Date => new Date(text)

describe('a date', () => {
  it("is told in the reader's zone", () => {
    const start = at('2026-12-01T07:00:00Z')
    expect(when(start, london)).toBe('Tue 1 Dec, 07:00')
    expect(when(start, { ...london, timeZone: 'Asia/Tokyo' })).toBe('Tue 1 Dec, 16:00')
    expect(when(start, { ...london, timeZone: 'America/Los_Angeles' })).toBe('Mon 30 Nov, 23:00')
  })

  it('has a year only where it is another one', () => {
    expect(when(at('2027-01-04T09:00:00Z'), london)).toBe('Mon 4 Jan 2027, 09:00')
  })

  it("knows the reader's summer time", () => {
    expect(when(at('2027-07-01T09:00:00Z'), london)).toBe('Thu 1 Jul 2027, 10:00')
  })

  it("follows the reader's English", () => {
    expect(when(at('2026-12-01T15:00:00Z'), { ...london, locale: 'en-US' })).toMatch(/^Tue, Dec 1, 3:00\sPM$/)
  })

  it.each(['de-DE', '', 'nonsense!', 'en_GB'])('is English for a reader with locale %j', (locale) => {
    expect(when(at('2026-12-01T15:00:00Z'), { ...london, locale })).toBe('Tue 1 Dec, 15:00')
  })

  it('is UTC, and says so, where the zone is unknown', () => {
    expect(when(at('2026-12-01T09:00:00Z'), { ...london, timeZone: 'Mars/Olympus' })).toBe('Tue 1 Dec, 09:00 UTC')
  })

  it('on a card never says today, as the card stays', () => {
    expect(when(now, london)).toBe('Mon 23 Nov, 12:00')
  })
})

describe('a date that is read at once', () => {
  it.each([
    ['2026-11-23T23:59:00Z', 'today, 23:59'],
    ['2026-11-24T00:00:00Z', 'tomorrow, 00:00'],
    ['2026-11-22T00:00:00Z', 'yesterday, 00:00'],
    ['2026-11-25T09:00:00Z', 'Wed 25 Nov, 09:00'],
  ])('%s is %s', (date, words) => {
    expect(whenNear(at(date), london)).toBe(words)
  })

  it('is told from the days as they are, also where one has twenty-five hours', () => {
    const before = { ...london, now: at('2026-10-24T12:00:00Z') }
    expect(whenNear(at('2026-10-25T23:30:00Z'), before)).toBe('tomorrow, 23:30')
    expect(whenNear(at('2026-10-26T00:00:00Z'), before)).toBe('Mon 26 Oct, 00:00')
    expect(whenNear(at('2026-10-26T00:00:00Z'), { ...london, now: at('2026-10-25T22:59:00Z') })).toBe('tomorrow, 00:00')
  })

  it("changes day at the reader's midnight", () => {
    expect(whenNear(at('2026-11-23T15:00:00Z'), { ...london, timeZone: 'Asia/Tokyo' })).toBe('tomorrow, 00:00')
  })
})

it.each([
  ['2026-11-23T11:59:40Z', 'just now'],
  ['2026-11-23T11:58:00Z', '2 minutes ago'],
  ['2026-11-23T09:30:00Z', '2 hours ago'],
  ['2026-11-20T12:00:00Z', '3 days ago'],
  ['2026-11-23T12:05:00Z', 'in 5 minutes'],
])('%s was %s', (date, words) => {
  expect(ago(at(date), now)).toBe(words)
})
