/** The job of the clock that keeps the figures of the overview: hours of traffic, days of the mailboxes' ledgers. */
import type { Database } from '../../store/database.ts';
import { countTraffic, forgetTraffic, keepLedgerDays } from '../../store/overview/count-traffic.ts';

/** A year, and the same days of the year before to compare. */
const trafficKeptDays = 400;
/** The ledger of the day is written over: not oftener than somebody would see. */
const ledgerEveryMs = 30_000;
const forgetEveryMs = 3_600_000;

export function trafficCounter(
  database: Database,
  timezone: () => string,
  clock: () => number = () => performance.now(),
): () => Promise<void> {
  let keptAt = Number.NEGATIVE_INFINITY;
  let forgotAt = Number.NEGATIVE_INFINITY;
  return async () => {
    await countTraffic(database);
    if (clock() - keptAt >= ledgerEveryMs) {
      await keepLedgerDays(database, timezone());
      keptAt = clock();
    }
    if (clock() - forgotAt < forgetEveryMs) return;
    await forgetTraffic(database, trafficKeptDays);
    forgotAt = clock();
  };
}
