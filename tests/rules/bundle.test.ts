import { utimes } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { bundle, isBundled } from '../../bot/bundle.mjs'

test.each(['cards/plan.json', 'bot/config.ts', 'services/approvals/policy.default.yml', 'package-lock.json'])(
  'npm start bundles anew after a change of %s, and not without one',
  async (file) => {
    await bundle()
    expect(isBundled()).toBe(true)
    await utimes(file, new Date(), new Date())
    expect(isBundled()).toBe(false)
  },
)
