/** The job of the clock that keeps the figures of the overview: hours of traffic, days of the mailboxes' ledgers. */
import type { Database } from '../../store/database.ts';
import { countTraffic, forgetTraffic, keepLedgerDays } from '../../store/overview/count-traffic.ts';

/** A year, and the same days of the year before to compare. */
export const trafficKeptDays = 400;
const forgetEveryMs = 3_600_000;

export function trafficCounter(
  { database, timezone }: { readonly database: Database; readonly timezone: string },
  clock: () => number = () => performance.now(),
): () => Promise<void> {
  let forgotAt = Number.NEGATIVE_INFINITY;
  return async () => {
    await countTraffic(database);
    await keepLedgerDays(database, timezone);
    if (clock() - forgotAt < forgetEveryMs) return;
    forgotAt = clock();
    await forgetTraffic(database, trafficKeptDays);
  };
}
