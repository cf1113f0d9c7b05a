/** What is done by the clock, one line each, and how it is run: one that fails keeps no other from its turn. */
import { askDeciders } from '../src/flows/ask-deciders.ts';
import { expireHeld, expireSpam } from '../src/flows/expire-held.ts';
import { renewLapsed } from '../src/flows/renew-lapsed.ts';
import { runSummaries } from '../src/flows/run-summaries.ts';
import { sweep } from '../src/flows/sweep.ts';
import { tellCareOverdue } from '../src/flows/tell-care-overdue.ts';
import { tellPrivilegedTries } from '../src/flows/tell-privileged-tries.ts';
import { isFailure } from '../src/foundation/failure.ts';
import type { Log } from '../src/foundation/log.ts';
import type { Meter } from '../src/foundation/meter.ts';
import { type TickOf, ticks } from '../src/queues/definitions.ts';
import { errorPlace, errorWord } from '../src/queues/error-word.ts';
import type { House } from '../src/runtime/house.ts';
import { noteEnded } from '../src/store/privileged-pins.ts';

type Upkeep = TickOf<'upkeep'>;

export type ClockJob = {
  readonly name: string;
  /** Milliseconds, one of the periods that the queue rings at. */
  readonly every: (typeof ticks)['upkeep'][Upkeep];
  /** Finds in rows what is due; to be run twice does no harm. */
  run(): Promise<unknown>;
};

export function clockJobs(house: House): readonly ClockJob[] {
  const { database, relay, queues, shop, log, meter } = house;
  const { policy } = house.settings;
  const deps = { database, relay, shop, policy };
  const looked = { after: null };
  return [
    { name: 'sweep', every: 30_000, run: () => sweep({ database, relay, queues, log, meter }) },
    { name: 'privileged-pins-ended', every: 30_000, run: () => noteEnded(database) },
    { name: 'summaries', every: 60_000, run: () => runSummaries(deps) },
    { name: 'sender-questions', every: 60_000, run: () => askDeciders(deps) },
    { name: 'privileged-tries', every: 60_000, run: () => tellPrivilegedTries(deps) },
    { name: 'spam-expired', every: 60_000, run: () => expireSpam(deps) },
    { name: 'care-overdue', every: 60_000, run: () => tellCareOverdue(deps) },
    { name: 'held-expired', every: 60_000, run: () => expireHeld(deps) },
    { name: 'contracts-renewed', every: 60_000, run: () => renewLapsed(house.intake(), looked) },
  ];
}

/** Those of this ring, in their order. Never rejects: what failed is logged and counted, and comes again with the next ring. */
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
