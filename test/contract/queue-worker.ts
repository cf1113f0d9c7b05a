import { silentLog } from '../../src/foundation/log.ts';
import { openQueueBackend } from '../../src/queues/backend.ts';

// A worker of its own process that takes a job and never finishes it, to be killed.
const [redisUrl, databaseUrl, tuning] = JSON.parse(process.argv[2] ?? '[]');
const backend = openQueueBackend({ redisUrl, databaseUrl, tuning, log: silentLog });
backend.consume(
  'intake',
  async (job) => {
    if (job.kind === 'mail') {
      process.send?.(job.mail);
      await new Promise(() => {});
    }
    return 'done';
  },
  { concurrency: 1, onSilence: () => {} },
);
