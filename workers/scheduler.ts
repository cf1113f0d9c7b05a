import { outsideChecks } from '../src/flows/upkeep/alert-checks.ts';
import { openClockRuns } from '../src/flows/upkeep/clock-runs.ts';
import { watchAlerts } from '../src/flows/upkeep/watch-alerts.ts';
import { watchWebhooks } from '../src/flows/webhooks/deliver.ts';
import type { App } from '../src/runtime/app.ts';
import { clockJobs, runClockJobs } from './clock-jobs.ts';
import type { Gone, Worker } from './worker.ts';

/** What the ticks are for: the sweeper, and letters that are due by the clock. */
export async function startScheduler(app: App, gone: Gone): Promise<Worker> {
  const { database, relay, queues, letterBuilder, log, meter } = app;
  const jobs = clockJobs(app);
  const runs = openClockRuns(database, () => performance.now());
  const consumer = queues.consume(
    'upkeep',
    async ({ tick }) => {
      await runClockJobs(jobs, tick, { log, meter, runs });
      return 'done';
    },
    // One for announcements, which go on for as long as their letters leave.
    { concurrency: 3, onSilence: () => gone('the upkeep queue is silent') },
  );
  const { settings } = app;
  const alerts = watchAlerts({
    database,
    relay,
    letterBuilder,
    policy: settings.policy,
    log,
    alerts: settings.alerts,
    mailboxes: settings.mailboxes.map(({ name }) => name),
    outside: outsideChecks({
      database,
      limits: settings.alerts.limits,
      folder: settings.databaseUrl === null ? settings.dataFolder : null,
      mailboxes: settings.mailboxes,
      smtpUrl: settings.smtpUrl,
      publicUrl: settings.publicUrl,
    }),
  });
  const webhooks = watchWebhooks({ database, vault: app.vault, log, meter, policy: settings.policy });
  const close = async () => {
    await Promise.all([consumer.close(), alerts.stop(), webhooks.stop()]);
  };
  return { name: 'scheduler', problems: () => [], close };
}
