/** What the pages of overview, queues and mailboxes are handed. */
import { setUpOf } from '../src/config/settings.ts';
import { mailboxDetail } from '../src/flows/mailboxes/mailbox-detail.ts';
import { openOverview } from '../src/flows/overview/overview.ts';
import { emptyQueue, failedCauses, pauseQueue, resumeQueue } from '../src/flows/queues/queues.ts';
import { listJobs } from '../src/flows/upkeep/clock-runs.ts';
import type { App } from '../src/runtime/app.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';
import { clockJobs } from './clock-jobs.ts';

/** `problems`: what the workers of this process say is wrong; `done` hears when a queue was turned. */
export function overviewDeps(
  app: App,
  problems: () => readonly string[],
  done: () => void,
): Pick<ConsoleDeps, 'overview' | 'queuePages'> {
  const { database, queues, settings } = app;
  const { timezone } = settings.policy.desk;
  const both = { database, queues };
  return {
    overview: openOverview({
      ...both,
      mailboxes: settings.mailboxes,
      smtpUrl: settings.smtpUrl,
      timezone,
      setUp: setUpOf(settings),
      problems,
      templates: app.templates.unused,
    }),
    queuePages: {
      failures: (queue) => failedCauses(both, queue),
      pause: (queue, reason, by) => pauseQueue(both, queue, reason, by).finally(done),
      resume: (queue, by) => resumeQueue(both, queue, by).finally(done),
      empty: (queue, by) => emptyQueue(both, queue, by).finally(done),
      clockJobs: () => listJobs(database, clockJobs(app)),
      mailbox: (name) => mailboxDetail({ database, timezone }, name),
    },
  };
}
