/** The job of the clock that keeps the sums of the reports. It lags rather than takes time from mail: while mail waits it goes a short way. */
import { countedOf } from '../../cases/reports/counted.ts';
import type { Database } from '../../store/database.ts';
import type { CaseRowToCount, CountedRow } from '../../store/reports/sums/count-cases.ts';
import { countSums, mailWaits } from '../../store/reports/sums/count-sums.ts';
import type { ActDeps } from '../acts/commit.ts';

/** Rows of the audit in one go: while mail waits, and while none does. */
const atOnce = { busy: 500, quiet: 5_000 };
/** Looks at the audit in vain before a tick ends. */
const mostIdle = 3;
/** Half of the time between two ticks. */
const goesOnForMs = 15_000;

type Deps = {
  readonly database: Database;
  readonly policy: Pick<ActDeps['policy'], 'publicHolidays'> & { readonly desk: { readonly timezone: string } };
};

const counting =
  ({ policy: { publicHolidays: holidays, desk } }: Pick<Deps, 'policy'>) =>
  ({ id: caseId, site: siteId, now, ...on }: CaseRowToCount): CountedRow => ({
    ...{ caseId, siteId },
    ...countedOf(on, { holidays, timezone: desk.timezone, now }),
  });

/** Returns how many rows of the audit were counted. */
export async function countReports(
  deps: Deps,
  { goOnFor = goesOnForMs, clock = () => performance.now() }: { goOnFor?: number; clock?: () => number } = {},
): Promise<number> {
  const { database } = deps;
  const { timezone } = deps.policy.desk;
  const ends = clock() + goOnFor;
  let all = 0;
  // What is seen for the first time can be counted as soon as nobody writes any more of what came before it: mostly at once.
  for (let idle = 0; idle < mostIdle; ) {
    const busy = await mailWaits(database);
    const most = busy ? atOnce.busy : atOnce.quiet;
    const rows = await countSums(database, { most, timezone, countedOf: counting(deps) });
    all += rows;
    if (busy || clock() >= ends) break;
    idle = rows === 0 ? idle + 1 : 0;
  }
  return all;
}
