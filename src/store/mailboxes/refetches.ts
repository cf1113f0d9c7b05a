/** Ranges of UIDs that somebody wants looked at again: taken by whoever watches the mailbox, under its lease. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { time } from '../reports/reports.ts';
import { type Lease, withLease } from './mailbox-lease.ts';

export type Refetch = { readonly id: string; readonly epoch: number; readonly from: number; readonly to: number };
export type RefetchEnd = { readonly listed: number; readonly known: number; readonly failure: string | null };

export const refetchLedger = (database: Database) => ({
  async nextRefetch(mailbox: string): Promise<Refetch | null> {
    const { rows } = await database.ask((db) =>
      sql<Refetch>`
        select id::text, epoch, from_uid::float as "from", to_uid::float as "to"
        from mailbox_refetches
        where mailbox = ${mailbox} and done_at is null
        order by id
        limit 1`.execute(db),
    );
    return rows[0] ?? null;
  },
  /**
   * What was fetched is counted from the rows, also where a watcher died over it. A UID from before the first sight was never seen; of
   * the others those are meant that nothing became of, then those that were passed over. How many were fetched.
   */
  endRefetch: (lease: Lease, id: string, { listed, known, failure }: RefetchEnd): Promise<number> =>
    withLease(database, lease, async (tx) => {
      const { rows } = await sql<{ fetched: number }>`
        with asked as (
          select *
          from mailbox_refetches
          where id = ${id}::bigint and done_at is null
        ), first_sight as (
          select coalesce(
            (
              select (u.detail->>'watermark')::bigint
              from audit u
              where u.subject_kind = 'mailbox'
                and u.subject_id = ${lease.mailbox}
                and u.action = 'mailbox-epoch'
                and (u.detail->>'epoch')::int = (select epoch from asked)
              order by u.id desc
              limit 1
            ),
            0) as uid
        ), ours as (
          select a.uid, a.first, m.headers_only
          from asked q
          join arrivals a on a.door_name = q.mailbox
            and a.epoch = q.epoch
            and a.uid between q.from_uid and q.to_uid
            and a.at >= q.asked_at
          join mails m on m.id = a.mail_id
        ), sums as (
          select
            count(*) as fetched,
            count(*) filter (where uid <= (select uid from first_sight)) as unseen,
            count(*) filter (where first and headers_only is distinct from 'too-large') as stored,
            count(*) filter (where first and headers_only = 'too-large') as large,
            count(*) filter (where not first) as double
          from ours
        ), counted as (
          update mailboxes m
          set
            seen = m.seen + s.unseen,
            stored = m.stored + s.stored,
            too_large = m.too_large + s.large,
            duplicates = m.duplicates + s.double,
            passed_over = m.passed_over - least(
              m.passed_over,
              greatest(
                0,
                s.fetched - s.unseen - greatest(
                  0,
                  m.seen - m.stored - m.too_large - m.duplicates - m.gone - m.passed_over)))
          from sums s
          where m.name = ${lease.mailbox} and exists (select from asked)
        )
        update mailbox_refetches r
        set
          done_at = now(),
          listed = ${listed}::int,
          known = ${known}::int,
          fetched = s.fetched,
          failure = ${failure}
        from sums s
        where r.id = ${id}::bigint and r.done_at is null
        returning r.fetched`.execute(tx);
      return rows[0]?.fetched ?? 0;
    }),
});

export type ShownRefetch = {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly doneAt: string | null;
  readonly listed: number | null;
  readonly known: number | null;
  readonly fetched: number | null;
  readonly failure: string | null;
};

/** Newest first. */
export async function lastRefetches(database: Database, mailbox: string, limit: number): Promise<ShownRefetch[]> {
  const { rows } = await database.ask((db) =>
    sql<ShownRefetch>`
      select
        id::text,
        from_uid::float as "from",
        to_uid::float as "to",
        asked_by as "askedBy",
        ${time('asked_at')} as "askedAt",
        ${time('done_at')} as "doneAt",
        listed,
        known,
        fetched,
        failure
      from mailbox_refetches
      where mailbox = ${mailbox}
      order by id desc
      limit ${limit}`.execute(db),
  );
  return rows;
}
