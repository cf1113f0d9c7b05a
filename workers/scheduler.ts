import { outsideChecks } from '../src/flows/alert-checks.ts';
import { askDeciders } from '../src/flows/ask-deciders.ts';
import { expireHeld, expireSpam } from '../src/flows/expire-held.ts';
import { renewLapsed } from '../src/flows/renew-lapsed.ts';
import { runSummaries } from '../src/flows/run-summaries.ts';
import { sweep } from '../src/flows/sweep.ts';
import { tellCareOverdue } from '../src/flows/tell-care-overdue.ts';
import { tellPrivilegedTries } from '../src/flows/tell-privileged-tries.ts';
import { watchAlerts } from '../src/flows/watch-alerts.ts';
import type { House } from '../src/runtime/house.ts';
import type { Gone, Worker } from './worker.ts';

/** What the ticks ring for: the sweeper, and letters that are due by the clock. */
export async function startScheduler(house: House, gone: Gone): Promise<Worker> {
  const { database, relay, queues, shop, log, meter } = house;
  const looked = { after: null };
  const consumer = queues.consume(
    'upkeep',
    async ({ tick }) => {
      switch (tick) {
        case 'sweep':
          await sweep({ database, relay, queues, log, meter });
          break;
        case 'clock':
          await runSummaries({ database, relay, shop, policy: house.settings.policy });
          await askDeciders({ database, relay, shop, policy: house.settings.policy });
          await tellPrivilegedTries({ database, relay, shop, policy: house.settings.policy });
          await expireSpam(database, house.settings.policy);
          await tellCareOverdue({ database, relay, shop, policy: house.settings.policy });
          await expireHeld({ database, relay, shop, policy: house.settings.policy });
          await renewLapsed(house.intake(), looked);
          break;
        default:
          tick satisfies never;
      }
      return 'done';
    },
    { concurrency: 2, onSilence: () => gone('the upkeep queue is silent') },
  );
  const { settings } = house;
  const alerts = watchAlerts({
    database,
    relay,
    shop,
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
  const close = async () => {
    await Promise.all([consumer.close(), alerts.stop()]);
  };
  return { name: 'scheduler', problems: () => [], close };
}
