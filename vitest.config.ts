import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'tests/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/.tmp/**'],
    globalSetup: ['tests/support/database-server.ts'],
    setupFiles: ['tests/support/closed-net.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Generous: a limit is no measurement, and what waits for a state goes on as soon as it is there.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
