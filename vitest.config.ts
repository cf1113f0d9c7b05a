import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Files share no state, each with a database and servers of its own: a process reads the source once, not once a file, which is half of the work
// of the small ones.
const common = { environment: 'node', pool: 'forks', isolate: false } as const;

export default defineConfig({
  test: {
    // One less than cores is the default: on two that is one file after the other, and each waits for servers half of its time.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          // A property takes a second where it is alone, and a busy machine has made six of it.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/contract/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait for real servers on a machine that others load. The report names each that needed its second go: that is a fault to mend.
          retry: 1,
        },
      },
    ],
  },
});
