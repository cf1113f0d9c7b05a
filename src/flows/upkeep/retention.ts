/** What is past its time goes, kind by kind (POLICY §11.5): once a day each, in small batches, with a pause for the mails in between. */
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import type { Database } from '../../store/database.ts';
import { countPastTime, removePastTime, retentionStandings } from '../../store/upkeep/retention/runs.ts';
import {
  firstLookDays,
  periodOf,
  type RetentionKind,
  type RetentionPolicy,
  retained,
  retentionKinds,
  sayPeriod,
} from '../../upkeep/retention.ts';

export type RetentionDeps = {
  readonly database: Database;
  readonly retention: RetentionPolicy;
  readonly log: Log;
  readonly meter: Meter;
};

/** A batch is one transaction, well below the time that a statement has. */
const rowsABatch = 500;
/** Of one kind in one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const batchesATick = 20;

type How = {
  readonly actor: string;
  /** Now and to the end, whenever it would be due. */
  readonly all?: boolean;
  readonly onBatch?: (kind: RetentionKind, gone: number) => void;
};

async function removeKind(deps: RetentionDeps, kind: RetentionKind, how: How, most: number): Promise<number> {
  const period = periodOf(kind, deps.retention);
  if (period === null) return 0;
  let gone = 0;
  for (let batch = 0; batch < most; batch += 1) {
    const given = { period, most: rowsABatch, anew: how.all === true && batch === 0, actor: how.actor };
    const done = await removePastTime(deps.database, kind, given);
    if (done === null) break;
    gone += done.gone;
    how.onBatch?.(kind, done.gone);
    if (!done.more) break;
  }
  if (gone > 0) {
    deps.log.info({ kind, rows: gone }, 'what was past its time is gone');
    deps.meter.count('postern_retention_total', { kind }, gone);
  }
  return gone;
}

/** Returns how many rows went. One kind that fails keeps no other from its turn. */
export async function runRetention(deps: RetentionDeps, how: How = { actor: 'scheduler' }): Promise<number> {
  const standings = await retentionStandings(deps.database, retentionKinds, firstLookDays);
  const failures: unknown[] = [];
  let gone = 0;
  for (const { kind, due } of standings) {
    if (!due && !how.all) continue;
    try {
      gone += await removeKind(deps, kind, how, how.all ? Number.POSITIVE_INFINITY : batchesATick);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return gone;
}

export type ListedRetention = {
  readonly kind: RetentionKind;
  readonly goes: string;
  /** In words. */
  readonly kept: string;
  /** Rows that would go now. */
  readonly due: number;
  /** ISO 8601; null: it is kept for ever, or was not looked at yet. */
  readonly next: string | null;
  readonly last: string | null;
  readonly lastGone: number;
  readonly gone: number;
};

/** How all of it stands, and how many rows of each kind would go now. */
export async function listRetention({
  database,
  retention,
}: Pick<RetentionDeps, 'database' | 'retention'>): Promise<ListedRetention[]> {
  const standings = await retentionStandings(database, retentionKinds, firstLookDays);
  const listed: ListedRetention[] = [];
  for (const { kind, nextAt, lastAt, lastGone, gone } of standings) {
    const period = periodOf(kind, retention);
    const due = period === null ? 0 : await countPastTime(database, kind, period);
    const { goes } = retained[kind];
    const next = period === null ? null : nextAt;
    listed.push({ kind, goes, kept: sayPeriod(kind, retention), due, next, last: lastAt, lastGone, gone });
  }
  return listed;
}
