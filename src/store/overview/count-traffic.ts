/**
 * Mails in, letters out and how long acknowledgements took, by the hour, counted from the audit: it has one row for each, is read in the
 * order of its ids, and is only ever appended to. No row of a mail or letter is looked for by time, which no index holds.
 */
import { sql } from 'kysely';
import type { LetterTemplate } from '../../outbound/letter.ts';
import { bounds, places } from '../../upkeep/overview/seconds-histogram.ts';
import { type Mark, moveMark, takeMark } from '../audit/audit-mark.ts';
import type { Database, Tx } from '../database.ts';
import { days } from '../literals.ts';

/** So many rows of the audit in one go; the next tick goes on. */
const mostAtOnce = 50_000;
/** Counting begins so far back, and what is older is of no figure. */
const keptDays = 8;

const timed: LetterTemplate = 'acknowledgement';

/** The last row of the audit before a moment, found by halving the ids. */
async function idBefore(tx: Tx, daysBack: number): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive ends as (
      select coalesce(min(id), 0) - 1 as low, coalesce(max(id), 0) as high
      from audit
    ), halved as (
      select low, high, 0 as step
      from ends
      union all
      select
        case when older then middle else low end,
        case when older then high else middle end,
        step + 1
      from (
        select
          low,
          high,
          step,
          (low + high) / 2 as middle,
          coalesce(
            (select at from audit where id >= (low + high) / 2 order by id limit 1) < now() - ${days(daysBack)},
            false) as older
        from halved
      ) h
      where high - low > 1 and step < 64
    )
    select low::text as id
    from halved
    order by step desc
    limit 1`.execute(tx);
  return rows[0]?.id ?? '0';
}

/** The rows behind `counted`, up to `upTo`, are added to their hours. */
async function addRows(tx: Tx, { counted, upTo }: Mark): Promise<void> {
  await sql`
    with told as (
      select date_trunc('hour', at, 'UTC') as hour, action, subject_id, at
      from audit
      where id > ${counted}::bigint
        and id <= ${upTo}::bigint
        and action in ('mail-stored', 'letter-sent')
    ), sums as (
      select
        hour,
        count(*) filter (where action = 'mail-stored') as mails,
        count(*) filter (where action = 'letter-sent') as letters
      from told
      group by hour
    ), times as (
      select
        t.hour,
        width_bucket(extract(epoch from l.sent_at - m.arrived_at)::float8, ${[0, ...bounds]}::float8[]) as place
      from told t
      join letters l on l.id = t.subject_id::bigint
      join mails m on m.id = l.caused_by
      -- A mail that a person hands in, such as one of last week, says nothing of how fast we are.
      where t.action = 'letter-sent' and l.template = ${timed} and l.sent_at is not null and m.door <> ${'hand'}
    ), placed as (
      select hour, greatest(place, 1) as place, count(*) as n
      from times
      group by hour, greatest(place, 1)
    ), arrays as (
      select
        s.hour,
        s.mails,
        s.letters,
        array(
          select coalesce((select n from placed p where p.hour = s.hour and p.place = i), 0)
          from generate_series(1, ${places}) i
          order by i
        ) as acknowledged
      from sums s
    )
    insert into traffic_hours as h (hour, mails, letters, acknowledged)
    select hour, mails, letters, acknowledged
    from arrays
    on conflict (hour) do update set
      mails = h.mails + excluded.mails,
      letters = h.letters + excluded.letters,
      acknowledged = array(
        select a + b
        from unnest(h.acknowledged, excluded.acknowledged) with ordinality as t(a, b, i)
        order by i
      )`.execute(tx);
}

/** Returns how many rows of the audit were counted. Any number of processes may ask; one counts. */
export async function countTraffic(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    const mark = await takeMark(tx, 'traffic_mark', { most: mostAtOnce, begins: (on) => idBefore(on, keptDays) });
    if (mark === null) return 0;
    if (mark.upTo !== mark.counted) await addRows(tx, mark);
    await moveMark(tx, 'traffic_mark', mark);
    return Number(BigInt(mark.upTo) - BigInt(mark.counted));
  });
}

/** The ledger of each mailbox as it stands, on the day it is there. */
export async function keepLedgerDays(database: Database, timezone: string): Promise<void> {
  await database.ask((db) =>
    sql`
      insert into mailbox_days as d (mailbox, day, seen, stored, too_large, duplicates, gone, passed_over)
      select name, (now() at time zone ${timezone}::text)::date, seen, stored, too_large, duplicates, gone, passed_over
      from mailboxes
      on conflict (mailbox, day) do update set
        seen = excluded.seen,
        stored = excluded.stored,
        too_large = excluded.too_large,
        duplicates = excluded.duplicates,
        gone = excluded.gone,
        passed_over = excluded.passed_over
      where (d.seen, d.stored, d.too_large, d.duplicates, d.gone, d.passed_over)
        is distinct from (
          excluded.seen,
          excluded.stored,
          excluded.too_large,
          excluded.duplicates,
          excluded.gone,
          excluded.passed_over)`.execute(db),
  );
}

/** Hours and days are kept for so long; returns how many went. */
export async function forgetTraffic(database: Database, keptFor: number): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: number }>`
      with hours as (
        delete from traffic_hours where hour < now() - make_interval(days => ${keptFor}) returning 1
      ), day_rows as (
        delete from mailbox_days where day < now()::date - ${keptFor}::int returning 1
      ), asked as (
        delete from mailbox_refetches where done_at < now() - make_interval(days => ${keptFor}) returning 1
      )
      select
        (select count(*) from hours)::int
          + (select count(*) from day_rows)::int
          + (select count(*) from asked)::int as n`.execute(db),
  );
  return rows[0]?.n ?? 0;
}
