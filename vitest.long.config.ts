import { defineConfig } from 'vitest/config';

/** What takes longer than five minutes: `npm run long`. */
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    include: ['test/e2e/kills.test.ts', 'test/e2e/way-out.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    env: { KILL_MAILS: '1000', KILL_TIMES: '60', WAIT_FOR_MINUTES: 'yes' },
  },
});
