import { defineConfig } from 'vitest/config'

/** The suites that run on a real MongoDB engine as well, where there is one, and the kills at every boundary, on both stores. */
export default defineConfig({
  test: {
    include: ['tests/{store,history,secrets,faults}/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
