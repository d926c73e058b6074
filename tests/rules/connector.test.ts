import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, startHarness } from '../support/harness.ts'
import { openTeams } from '../support/teams.ts'

// The clients that answer a turn are kept for the next ones, which must not be answered by another turn's.

let lk: Harness
beforeAll(async () => {
  lk = await startHarness()
})
afterAll(() => lk.stop())

it('every answer goes to the address that its turn came from', async () => {
  const other = await openTeams()
  try {
    const asked = { type: 'message', text: 'help' }
    for (const teams of [other, lk.teams, other]) {
      await lk.post({ ...lk.activityFrom(lk.adele, 'two-addresses'), ...asked, serviceUrl: teams.url })
    }
    expect(other.messages('two-addresses')).toHaveLength(2)
    expect(lk.teams.messages('two-addresses')).toHaveLength(1)
  } finally {
    await other.close()
  }
})
