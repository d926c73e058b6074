import { expect, it } from 'vitest'
import { startOn } from '../../services/operations/provision/start.ts'

const options = { zone: 'Europe/London', time: '07:00', maxDaysAhead: 180 }

it('today means at once, also before the hour at which accounts are made', () => {
  const now = new Date('2026-11-23T01:47:00Z')
  expect(startOn('2026-11-23', { ...options, now })).toEqual({ startDate: '2026-11-23' })
})

it('a later day means the hour that policy names, in the zone of the one who asks', () => {
  const now = new Date('2026-11-23T01:47:00Z')
  expect(startOn('2026-11-24', { ...options, zone: 'Pacific/Auckland', now })).toEqual({
    startDate: '2026-11-24',
    startAt: '2026-11-23T18:00:00.000Z',
  })
})
