import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // The kills take minutes: `npm run test:mongo` runs them, on both stores and at every boundary.
    exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/faults/crash*.test.ts', 'tests/faults/graphDeactivate.test.ts'],
    globalSetup: ['tests/support/cleanOutput.ts'],
    // Nothing here keeps state in modules, so files may share them: loading them anew for each took most of the time.
    isolate: false,
    // Every core: by itself vitest leaves one free, which on two is half of them.
    maxWorkers: '100%',
    // The checks of the code run beside it: what is waited for may take its time.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
