/** What is done by the clock, one line each, and how it is run: one that fails keeps no other from its turn. */

import { runRequests } from '../src/flows/access/run-requests.ts';
import { runAnnouncements } from '../src/flows/announcements/run-announcements.ts';
import { runTimers } from '../src/flows/cases/run-timers.ts';
import { takeOverCases } from '../src/flows/cases/take-over.ts';
import { runSummaries } from '../src/flows/letters/run-summaries.ts';
import { expireHeldMails, expireSpam } from '../src/flows/mail/expire-held.ts';
import { renewLapsedMails } from '../src/flows/mail/renew-lapsed.ts';
import { tellCareOverdue } from '../src/flows/mail/tell-care-overdue.ts';
import { tellPrivilegedTries } from '../src/flows/pins/tell-privileged-tries.ts';
import { sendProofs } from '../src/flows/registry/send-proofs.ts';
import { askAboutContacts, runSchedules } from '../src/flows/schedule/run-schedules.ts';
import { askDeciders } from '../src/flows/senders/ask-deciders.ts';
import { sweep } from '../src/flows/upkeep/sweep.ts';
import { isFailure } from '../src/foundation/failure.ts';
import type { Log } from '../src/foundation/log.ts';
import type { Meter } from '../src/foundation/meter.ts';
import { type TickOf, ticks } from '../src/queues/definitions.ts';
import { errorPlace, errorWord } from '../src/queues/server/error-word.ts';
import type { App } from '../src/runtime/app.ts';
import { noteEnded } from '../src/store/pins/privileged-pins.ts';

type Upkeep = TickOf<'upkeep'>;

export type ClockJob = {
  readonly name: string;
  /** Milliseconds, one of the periods that the queue ticks at. */
  readonly every: (typeof ticks)['upkeep'][Upkeep];
  /** Finds in rows what is due; to be run twice does no harm. */
  run(): Promise<unknown>;
};

export function clockJobs(app: App): readonly ClockJob[] {
  const { database, relay, queues, letterBuilder, log, meter, acts, attachment, vault } = app;
  const { policy } = app.settings;
  const deps = { database, relay, letterBuilder, policy, acts, attachment, vault };
  const looked = { after: null };
  return [
    { name: 'case-timers', every: 5_000, run: () => app.refreshStaff().then(() => runTimers(deps)) },
    { name: 'access-requests', every: 5_000, run: () => runRequests(deps) },
    { name: 'cases-taken-over', every: 5_000, run: () => takeOverCases(deps) },
    { name: 'announcements', every: 5_000, run: () => runAnnouncements(deps) },
    { name: 'sweep', every: 30_000, run: () => sweep({ database, relay, queues, log, meter }) },
    { name: 'privileged-pins-ended', every: 30_000, run: () => noteEnded(database) },
    { name: 'summaries', every: 60_000, run: () => runSummaries(deps) },
    { name: 'sender-questions', every: 60_000, run: () => askDeciders(deps) },
    { name: 'privileged-tries', every: 60_000, run: () => tellPrivilegedTries(deps) },
    { name: 'spam-expired', every: 60_000, run: () => expireSpam(deps) },
    { name: 'care-overdue', every: 60_000, run: () => tellCareOverdue(deps) },
    { name: 'held-expired', every: 60_000, run: () => expireHeldMails(deps) },
    { name: 'proofs', every: 60_000, run: () => sendProofs(deps) },
    { name: 'contacts-asked-about', every: 60_000, run: () => askAboutContacts(deps) },
    { name: 'schedules', every: 60_000, run: () => runSchedules(deps) },
    { name: 'contracts-renewed', every: 60_000, run: () => renewLapsedMails(app.intake(), looked) },
  ];
}

/** Those of this tick, in their order. Never rejects: what failed is logged and counted, and comes again with the next tick. */
export async function runClockJobs(
  jobs: readonly ClockJob[],
  tick: Upkeep,
  { log, meter }: { readonly log: Log; readonly meter: Meter },
): Promise<void> {
  for (const { name, every, run } of jobs) {
    if (every !== ticks.upkeep[tick]) continue;
    try {
      await run();
    } catch (error) {
      const known = isFailure(error);
      const fields = { tick: name, error: errorWord(error), at: known ? undefined : errorPlace(error) };
      if (known) log.warn(fields, 'a job of the clock failed');
      else log.error(fields, 'a job of the clock ended in a surprise');
      meter.count('postern_tick_failures_total', { tick: name });
    }
  }
}
