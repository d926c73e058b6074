import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    globalSetup: ['tests/support/cleanOutput.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
