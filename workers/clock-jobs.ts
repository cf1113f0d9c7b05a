/** What is done by the clock, one line each, and how it is run: one that fails keeps no other from its turn. */

import { runRequests } from '../src/flows/access/run-requests.ts';
import { perform } from '../src/flows/acts/perform.ts';
import { runAnnouncements } from '../src/flows/announcements/run-announcements.ts';
import { runSupportEnds } from '../src/flows/announcements/run-support-ends.ts';
import { workOnBulkRuns } from '../src/flows/bulk/bulk-runs.ts';
import { indexCases } from '../src/flows/cases/listed/index-cases.ts';
import { runTimers } from '../src/flows/cases/run-timers.ts';
import { takeOverCases } from '../src/flows/cases/take-over.ts';
import { finishErasures } from '../src/flows/contacts/finish-erasures.ts';
import { runSummaries } from '../src/flows/letters/run-summaries.ts';
import { expireHeldMails, expireSpam } from '../src/flows/mail/expire-held.ts';
import { tryHeldByClock } from '../src/flows/mail/held-trials.ts';
import { renewLapsedMails } from '../src/flows/mail/renew-lapsed.ts';
import { tellCareOverdue } from '../src/flows/mail/tell-care-overdue.ts';
import { trafficCounter } from '../src/flows/overview/count-traffic.ts';
import { tellPrivilegedTries } from '../src/flows/pins/tell-privileged-tries.ts';
import { keepPauses } from '../src/flows/queues/queues.ts';
import { sendProofs } from '../src/flows/registry/send-proofs.ts';
import { planRenewals, runRenewals, tellRenewals } from '../src/flows/renewals/run-renewals.ts';
import { countReports } from '../src/flows/reports/count-reports.ts';
import { askAboutContacts, notLooked, runSchedules } from '../src/flows/schedule/run-schedules.ts';
import { askDeciders } from '../src/flows/senders/ask-deciders.ts';
import { endSignInsLeft } from '../src/flows/sign-in/sign-ins-left.ts';
import { letterValuesKeptDays } from '../src/flows/templates/letter-values.ts';
import type { ClockRuns } from '../src/flows/upkeep/clock-runs.ts';
import { runRetention } from '../src/flows/upkeep/retention.ts';
import { sweep } from '../src/flows/upkeep/sweep.ts';
import { isFailure } from '../src/foundation/failure.ts';
import type { Log } from '../src/foundation/log.ts';
import type { Meter } from '../src/foundation/meter.ts';
import { type TickOf, ticks } from '../src/queues/definitions.ts';
import { errorPlace, errorWord } from '../src/queues/server/error-word.ts';
import type { App } from '../src/runtime/app.ts';
import { noteEnded } from '../src/store/pins/privileged-pins.ts';
import { forgetLetterValues } from '../src/store/templates/letter-values.ts';

type Upkeep = TickOf<'upkeep'>;

export type ClockJob = {
  readonly name: string;
  /** Milliseconds, one of the periods that the queue ticks at. */
  readonly every: (typeof ticks)['upkeep'][Upkeep];
  /** Finds in rows what is due; to be run twice does no harm. */
  run(): Promise<unknown>;
};
/** `does` is for `postern schedule` and docs/operating.md, without a full stop. */
export type KnownClockJob = ClockJob & { readonly does: string };

export function clockJobs(app: App): readonly KnownClockJob[] {
  const { database, relay, queues, letterBuilder, log, meter, acts, attachment, vault } = app;
  const { policy, retention } = app.settings;
  const deps = { database, relay, letterBuilder, policy, acts, attachment, vault };
  const looked = { after: null };
  const countHours = trafficCounter(database, () => policy.desk.timezone);
  const turns = notLooked();
  return [
    {
      name: 'case-timers',
      every: 5_000,
      does: 'warnings, breaches, reminders, proposals and handovers of cases',
      run: () => app.refreshStaff().then(() => runTimers(deps)),
    },
    {
      name: 'access-requests',
      every: 5_000,
      does: 'requests for access: reminders, handing over to client care, letters after the hour, access that ends on its day',
      run: () => runRequests(deps),
    },
    {
      name: 'cases-taken-over',
      every: 5_000,
      does: 'cases of before an upgrade: one list to our people',
      run: () => takeOverCases(deps),
    },
    {
      name: 'announcements',
      every: 4_000,
      does: 'announcements under way: who gets them, and their next letters',
      // Until shortly before the next tick, which may come to another process.
      run: () => runAnnouncements({ ...deps, database: app.hot }, { goOnFor: 3_500 }),
    },
    {
      name: 'renewals-planned',
      every: 5_000,
      does: 'letters about what ends, for sites whose contracts have changed, and for each once a day',
      run: () => planRenewals(deps),
    },
    {
      name: 'traffic',
      every: 5_000,
      does: 'figures of the overview: mails in, letters out and acknowledgements by the hour, mailboxes by the day',
      run: countHours,
    },
    {
      name: 'case-search',
      every: 5_000,
      does: 'the words of cases for the search: of what came, of what was changed, and of cases of before',
      run: () => indexCases(deps),
    },
    {
      name: 'sweep',
      every: 30_000,
      does: 'brings back mails and letters that nobody is working on',
      run: () => sweep({ database, relay, queues, log, meter }),
    },
    {
      name: 'reports',
      every: 30_000,
      does: 'sums of the reports by the day, while no mail waits for it',
      run: () => countReports({ database, policy }),
    },
    {
      name: 'queue-pauses',
      every: 30_000,
      does: 'tells a queue again whether a person has paused it, where it was lost or did not answer meanwhile',
      run: () => keepPauses({ database, queues }),
    },
    {
      name: 'sign-ins-left',
      every: 30_000,
      does: 'ends sessions and passkeys of whoever is none of our people any more',
      run: () => endSignInsLeft({ database, policy }),
    },
    {
      name: 'privileged-pins-ended',
      every: 30_000,
      does: 'privileged PINs that have ended, on the audit and on the case',
      run: () => noteEnded(database),
    },
    {
      name: 'summaries',
      every: 60_000,
      does: 'one letter for those above the numbers of letters',
      run: () => runSummaries(deps),
    },
    {
      name: 'sender-questions',
      every: 60_000,
      does: 'asks about senders who are not on record',
      run: () => askDeciders(deps),
    },
    {
      name: 'privileged-tries',
      every: 60_000,
      does: 'tells our people of privileged PINs that were not used',
      run: () => tellPrivilegedTries(deps),
    },
    {
      name: 'spam-expired',
      every: 60_000,
      does: 'refuses what was held as spam for too long',
      run: () => expireSpam(deps),
    },
    {
      name: 'care-overdue',
      every: 60_000,
      does: 'tells client care of what it owes an answer to',
      run: () => tellCareOverdue(deps),
    },
    {
      name: 'held-expired',
      every: 60_000,
      does: 'refuses what was held for too long, and lists it',
      run: () => expireHeldMails(deps),
    },
    {
      name: 'held-trials',
      every: 60_000,
      does: 'looks which held mails the registry of today would let in, and offers them in the console',
      run: () => tryHeldByClock(app.intake()),
    },
    {
      name: 'proofs',
      every: 60_000,
      does: 'proofs of entitlement after new and renewed licences',
      run: () => sendProofs(deps),
    },
    {
      name: 'contacts-asked-about',
      every: 60_000,
      does: 'asks the primary about an address that came back',
      run: () => askAboutContacts(deps),
    },
    {
      name: 'schedules',
      every: 60_000,
      does: 'contact lists, re-attestation and welcome letters',
      run: () => runSchedules(deps, turns),
    },
    {
      name: 'renewals',
      every: 60_000,
      does: 'letters about what ends: what is due, and to the next where one came back',
      run: () => runRenewals(deps),
    },
    {
      name: 'renewals-told',
      every: 60_000,
      does: 'letters about what ends: the list of the week, on Mondays',
      run: () => tellRenewals(deps),
    },
    {
      name: 'end-of-support',
      every: 60_000,
      does: 'letters about the end of full support of a version: what is planned, and what is due',
      run: () => runSupportEnds(deps),
    },
    {
      name: 'contracts-renewed',
      every: 60_000,
      does: 'mail of lapsed customers, once their contract is renewed',
      run: () => renewLapsedMails(app.intake(), looked),
    },
    {
      name: 'bulk-runs',
      every: 60_000,
      does: 'goes on with what was asked for on many things at once, where a process ended within it',
      run: () =>
        workOnBulkRuns(
          { database, acts, log, perform: (act, input, how) => perform(app, { act, input, ...how }) },
          5_000,
        ),
    },
    {
      name: 'erasures',
      every: 60_000,
      does: 'empties what names people who were erased',
      run: () => finishErasures({ database, vault, log }),
    },
    {
      name: 'letter-values',
      every: 60_000,
      does: 'forgets what letters of long ago were written from',
      run: () => forgetLetterValues(database, letterValuesKeptDays),
    },
    {
      name: 'retention',
      every: 60_000,
      does: 'deletes what is past its time, each kind once a day',
      run: () => runRetention({ database, retention, log, meter }),
    },
  ];
}

/**
 * Those of this tick, in their order. Never rejects: what failed is logged and counted, and comes again with the next tick. `runs` keeps
 * what they came to.
 */
export async function runClockJobs(
  jobs: readonly ClockJob[],
  tick: Upkeep,
  { log, meter, runs }: { readonly log: Log; readonly meter: Meter; readonly runs?: ClockRuns },
): Promise<void> {
  for (const { name, every, run } of jobs) {
    if (every !== ticks.upkeep[tick]) continue;
    const began = performance.now();
    const noteRun = (came: { result?: unknown; failure?: string }) =>
      runs?.note(name, { tookMs: performance.now() - began, ...came });
    try {
      noteRun({ result: await run() });
    } catch (error) {
      const known = isFailure(error);
      const fields = { tick: name, error: errorWord(error), at: known ? undefined : errorPlace(error) };
      if (known) log.warn(fields, 'a job of the clock failed');
      else log.error(fields, 'a job of the clock ended in a surprise');
      meter.count('postern_tick_failures_total', { tick: name });
      noteRun({ failure: errorWord(error) });
    }
  }
  if (tick !== 'clock') return;
  // With the database away there is nothing to be told that the jobs have not said.
  await runs?.flush().catch((error: unknown) => log.warn({ error: errorWord(error) }, 'runs of the clock not kept'));
}
