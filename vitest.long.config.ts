import { defineConfig } from 'vitest/config';

/** What takes longer than five minutes: `npm run long`. */
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Each has the machine to itself: some of them measure.
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
});
