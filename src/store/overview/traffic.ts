/** Mails in, letters out and acknowledgements, as they were counted by the hour. */
import { sql } from 'kysely';
import type { Hour, LedgerCounts } from '../../upkeep/overview/look.ts';
import type { Database } from '../database.ts';
import { hours } from '../literals.ts';
import { time } from '../reports/reports.ts';

export type Traffic = {
  /** Oldest first, without gaps; the last is the hour that runs. */
  readonly hours: readonly Hour[];
  /** Of the last 24 hours, by the places of the histogram. */
  readonly acknowledged: readonly number[];
};

export async function readTraffic(database: Database, count: number): Promise<Traffic> {
  const { rows } = await database.ask((db) =>
    sql<Hour & { acknowledged: string[] | null }>`
      select
        ${time('g.hour')} as hour,
        coalesce(h.mails, 0)::float as mails,
        coalesce(h.letters, 0)::float as letters,
        case when g.hour > now() - ${hours(24)} then h.acknowledged end as acknowledged
      from generate_series(
        date_trunc('hour', now(), 'UTC') - make_interval(hours => ${count - 1}),
        date_trunc('hour', now(), 'UTC'),
        ${hours(1)}) as g(hour)
      left join traffic_hours h on h.hour = g.hour
      order by g.hour`.execute(db),
  );
  const acknowledged: number[] = [];
  for (const row of rows)
    for (const [place, count] of (row.acknowledged ?? []).entries())
      acknowledged[place] = (acknowledged[place] ?? 0) + Number(count);
  return { hours: rows.map(({ hour, mails, letters }) => ({ hour, mails, letters })), acknowledged };
}

export type LedgerDay = LedgerCounts & { readonly day: string };

/** What was done of a mailbox on each of the last days, newest first. */
export async function readLedgerDays(database: Database, mailbox: string, days: number): Promise<LedgerDay[]> {
  const { rows } = await database.ask((db) =>
    sql<LedgerDay>`
      select
        to_json(day) #>> '{}' as day,
        (seen - coalesce(lag(seen) over w, 0))::float as seen,
        (stored - coalesce(lag(stored) over w, 0))::float as stored,
        (too_large - coalesce(lag(too_large) over w, 0))::float as "tooLarge",
        (duplicates - coalesce(lag(duplicates) over w, 0))::float as duplicates,
        (gone - coalesce(lag(gone) over w, 0))::float as gone,
        (passed_over - coalesce(lag(passed_over) over w, 0))::float as "passedOver"
      from mailbox_days
      where mailbox = ${mailbox}
      window w as (order by day)
      order by day desc
      limit ${days}`.execute(db),
  );
  return rows;
}
