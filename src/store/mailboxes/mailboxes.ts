/** The state of the mailboxes (MAIL.md §1): epoch, watermark and what became of each UID, written by whoever has the lease. */
import { sql } from 'kysely';
import type { MailboxMark } from '../../mail/mailbox-ledger.ts';
import type { Database } from '../database.ts';
import { type Lease, mailboxLeases, withLease } from './mailbox-lease.ts';
import { refetchLedger } from './refetches.ts';

type Passed = { listed: readonly number[]; gone: readonly number[]; passedOver: readonly number[] };

/** Implements what `flows/mailboxes/watch-mailbox` asks for. */
export function mailboxLedger(database: Database) {
  return {
    ...mailboxLeases(database),
    ...refetchLedger(database),
    async load(mailbox: string): Promise<MailboxMark | null> {
      const { rows } = await database.ask((db) =>
        sql<{ epoch: number; uid: string | null; watermark: string; first: Date; since: Date | null }>`
          select epoch, uid_validity as uid, watermark, first_seen_at as first, since
          from mailboxes
          where name = ${mailbox} and uid_validity is not null`.execute(db),
      );
      const [row] = rows;
      return row
        ? {
            epoch: row.epoch,
            uidValidity: row.uid ?? '',
            watermark: Number(row.watermark),
            firstSeenAt: row.first,
            since: row.since,
          }
        : null;
    },
    saveMark: (lease: Lease, mark: MailboxMark): Promise<void> =>
      withLease(database, lease, async (tx) => {
        await sql`
          update mailboxes
          set
            epoch = ${mark.epoch},
            uid_validity = ${mark.uidValidity},
            watermark = ${mark.watermark},
            first_seen_at = ${mark.firstSeenAt},
            since = ${mark.since}
          where name = ${lease.mailbox}`.execute(tx);
        const { epoch, uidValidity, watermark } = mark;
        const detail = JSON.stringify({ epoch, uidValidity, watermark });
        await sql`
          insert into audit (actor, action, subject_kind, subject_id, detail)
          values ('inbox', 'mailbox-epoch', 'mailbox', ${lease.mailbox}, ${detail}::jsonb)`.execute(tx);
      }),
    advance: (lease: Lease, epoch: number, watermark: number, passed: Passed): Promise<number> =>
      withLease(database, lease, async (tx) => {
        const { rows } = await sql<{ missed: string }>`
          with box as (
            select name, watermark as past
            from mailboxes
            where name = ${lease.mailbox} and epoch = ${epoch} and watermark is not null
          ), ours as (
            select a.uid, a.first, m.headers_only
            from box
            join arrivals a on a.door_name = box.name
              and a.epoch = ${epoch}
              and a.uid > box.past
              and a.uid <= ${watermark}
            join mails m on m.id = a.mail_id
          ), listed as (
            select uid
            from unnest(${[...passed.listed]}::bigint[]) as t(uid), box
            where uid > past
            union
            select uid
            from ours
          ), gone as (
            select uid
            from unnest(${[...passed.gone]}::bigint[]) as t(uid), box
            where uid > past
            except
            select uid
            from ours
          ), over as (
            select uid
            from unnest(${[...passed.passedOver]}::bigint[]) as t(uid), box
            where uid > past
            except
            select uid
            from ours
          )
          update mailboxes m
          set
            watermark = greatest(m.watermark, ${watermark}),
            seen = seen + (select count(*) from listed),
            stored = stored + (
              select count(*) from ours where first and headers_only is distinct from 'too-large'
            ),
            too_large = too_large + (
              select count(*) from ours where first and headers_only = 'too-large'
            ),
            duplicates = duplicates + (select count(*) from ours where not first),
            gone = m.gone + (select count(*) from gone),
            passed_over = passed_over + (select count(*) from over)
          from box
          where m.name = box.name
          returning m.seen - m.stored - m.too_large - m.duplicates - m.gone - m.passed_over as missed`.execute(tx);
        await sql`
          delete from mailbox_failures
          where mailbox = ${lease.mailbox} and (epoch < ${epoch} or uid <= ${watermark})`.execute(tx);
        return Number(rows[0]?.missed ?? 0);
      }),
    async settledUids(mailbox: string, epoch: number, uids: readonly number[]): Promise<ReadonlySet<number>> {
      const { rows } = await database.ask((db) =>
        sql<{
          uid: string;
        }>`
          select uid
          from arrivals
          where door_name = ${mailbox} and epoch = ${epoch} and uid = any(${[...uids]}::bigint[])`.execute(db),
      );
      return new Set(rows.map((row) => Number(row.uid)));
    },
    noteFailure: (lease: Lease, epoch: number, uid: number): Promise<number> =>
      withLease(database, lease, async (tx) => {
        const { rows } = await sql<{ times: number }>`
          insert into mailbox_failures as f (mailbox, epoch, uid, times) values (${lease.mailbox}, ${epoch}, ${uid}, 1)
          on conflict (mailbox, epoch, uid) do update set times = f.times + 1 returning times`.execute(tx);
        return rows[0]?.times ?? 1;
      }),
    async noteFetch(lease: Lease): Promise<void> {
      await database.ask((db) =>
        sql`
          update mailboxes
          set fetched_at = now()
          where name = ${lease.mailbox} and lease_fence = ${lease.fence}`.execute(db),
      );
    },
    async noteProblem(lease: Lease, problem: string | null, login?: 'refused'): Promise<void> {
      await database.ask((db) =>
        sql`
          update mailboxes
          set state = case
            when ${problem}::text is null then '{}'
            else jsonb_strip_nulls(jsonb_build_object(
              'problem', ${problem}::text,
              'at', now(),
              'login', ${login ?? null}::text))
          end
          where name = ${lease.mailbox} and lease_fence = ${lease.fence}`.execute(db),
      );
    },
  };
}

/** What keeps mailboxes from being read, whichever process found it out; a watcher that still tries has said so lately. */
export async function mailboxProblems(database: Database): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{
      problem: string;
    }>`
      select state->>'problem' as problem
      from mailboxes
      where state ? 'problem' and (state->>'at')::timestamptz > now() - interval '15 minutes'
      order by name`.execute(db),
  );
  return rows.map((row) => row.problem);
}
