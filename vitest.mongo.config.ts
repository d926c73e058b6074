import { defineConfig } from 'vitest/config'

/** The suites that run on a real MongoDB engine as well, where there is one. `npm test` runs the same files without it. */
export default defineConfig({
  test: {
    include: ['tests/{store,history,secrets,faults}/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
