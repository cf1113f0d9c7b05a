/** What the jobs of the clock came to: one row a job, written once a minute for all of them. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export type ClockRun = {
  readonly name: string;
  /** Seconds before now. */
  readonly ago: number;
  readonly tookMs: number;
  /** How much was done since the row was last written. */
  readonly did: number;
  /** Null where the last run went well. */
  readonly failure: string | null;
};

export async function writeClockRuns(database: Database, runs: readonly ClockRun[]): Promise<void> {
  if (runs.length === 0) return;
  await database.ask((db) =>
    sql`
      insert into clock_runs as c (name, ran_at, took_ms, did, did_at, failed_at, failure)
      select
        r.name,
        now() - make_interval(secs => r.ago),
        r."tookMs",
        r.did,
        case when r.did > 0 then now() - make_interval(secs => r.ago) end,
        case when r.failure is not null then now() - make_interval(secs => r.ago) end,
        r.failure
      from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as r(
        name text,
        ago float,
        "tookMs" int,
        did bigint,
        failure text)
      on conflict (name) do update set
        ran_at = excluded.ran_at,
        took_ms = excluded.took_ms,
        did = case when excluded.did > 0 then excluded.did else c.did end,
        did_at = coalesce(excluded.did_at, c.did_at),
        failed_at = coalesce(excluded.failed_at, c.failed_at),
        failure = excluded.failure`.execute(db),
  );
}

export type ClockStanding = {
  readonly name: string;
  /** ISO 8601. */
  readonly ranAt: string;
  readonly tookMs: number;
  /** How much was done when something last was, and when that was. */
  readonly did: number;
  readonly didAt: string | null;
  readonly failedAt: string | null;
  /** Of the last run; null where it went well. */
  readonly failure: string | null;
};

export async function clockStandings(database: Database): Promise<ClockStanding[]> {
  const { rows } = await database.ask((db) =>
    sql<ClockStanding>`
      select
        name,
        to_json(ran_at) #>> '{}' as "ranAt",
        took_ms as "tookMs",
        did::float as did,
        to_json(did_at) #>> '{}' as "didAt",
        to_json(failed_at) #>> '{}' as "failedAt",
        failure
      from clock_runs`.execute(db),
  );
  return rows;
}
