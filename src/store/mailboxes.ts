/** The ledger of the mailboxes (MAIL.md §1): lease, epoch, watermark and what became of each UID. */
import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { MailboxMark } from '../mail/mailbox-ledger.ts';
import type { Database, Db, Tx } from './database.ts';

type Lease = { readonly mailbox: string; readonly fence: number };
type Counts = { seen: number; stored: number; tooLarge: number; duplicates: number; gone: number; passedOver: number };

/** Whether that watcher still has the mailbox; keeps it so until the transaction ends. */
export async function holdsLease(tx: Tx | Db, mailbox: string, fence: number): Promise<boolean> {
  const { rows } =
    await sql`select from mailboxes where name = ${mailbox} and lease_fence = ${fence} and lease_until > now() for share`.execute(
      tx,
    );
  return rows.length > 0;
}

async function withLease<T>(database: Database, lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.transaction(async (tx) => {
    if (!(await holdsLease(tx, lease.mailbox, lease.fence)))
      throw new Failure('lease-lost', `the lease of mailbox ${lease.mailbox} went to another watcher`);
    return work(tx);
  });
}

/** Implements what `flows/watch-mailbox` asks for. A lease lasts 10 s and is renewed every 3 s. */
export function mailboxLedger(database: Database) {
  return {
    async takeLease(mailbox: string, holder: string): Promise<Lease | null> {
      const { rows } = await database.ask((db) =>
        sql<{ fence: string }>`
          insert into mailboxes as m (name, lease_holder, lease_fence, lease_until) values (${mailbox}, ${holder}, 1, now() + interval '10 seconds')
          on conflict (name) do update set lease_holder = excluded.lease_holder, lease_fence = m.lease_fence + 1, lease_until = excluded.lease_until
            where m.lease_until is null or m.lease_until <= now()
          returning lease_fence as fence`.execute(db),
      );
      return rows[0] ? { mailbox, fence: Number(rows[0].fence) } : null;
    },
    async renewLease(lease: Lease): Promise<boolean> {
      const { rows } = await database.ask((db) =>
        sql`update mailboxes set lease_until = now() + interval '10 seconds' where name = ${lease.mailbox} and lease_fence = ${lease.fence} and lease_until > now() returning name`.execute(
          db,
        ),
      );
      return rows.length > 0;
    },
    async releaseLease(lease: Lease): Promise<void> {
      await database.ask((db) =>
        sql`update mailboxes set lease_until = null, lease_holder = null where name = ${lease.mailbox} and lease_fence = ${lease.fence}`.execute(
          db,
        ),
      );
    },
    async load(mailbox: string): Promise<MailboxMark | null> {
      const { rows } = await database.ask((db) =>
        sql<{ epoch: number; uid: string | null; watermark: string; first: Date; since: Date | null }>`
          select epoch, uid_validity as uid, watermark, first_seen_at as first, since from mailboxes where name = ${mailbox} and uid_validity is not null`.execute(
          db,
        ),
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
        await sql`update mailboxes set epoch = ${mark.epoch}, uid_validity = ${mark.uidValidity}, watermark = ${mark.watermark}, first_seen_at = ${mark.firstSeenAt}, since = ${mark.since}
          where name = ${lease.mailbox}`.execute(tx);
        await sql`insert into audit (actor, action, subject_kind, subject_id, detail)
          values ('inbox', 'mailbox-epoch', 'mailbox', ${lease.mailbox}, ${JSON.stringify({ epoch: mark.epoch, uidValidity: mark.uidValidity, watermark: mark.watermark })}::jsonb)`.execute(
          tx,
        );
      }),
    advance: (lease: Lease, epoch: number, watermark: number, counts: Counts): Promise<void> =>
      withLease(database, lease, async (tx) => {
        await sql`update mailboxes set watermark = greatest(watermark, ${watermark}), seen = seen + ${counts.seen}, stored = stored + ${counts.stored}, duplicates = duplicates + ${counts.duplicates},
          too_large = too_large + ${counts.tooLarge}, gone = gone + ${counts.gone}, passed_over = passed_over + ${counts.passedOver}
          where name = ${lease.mailbox} and epoch = ${epoch}`.execute(tx);
        await sql`delete from mailbox_failures where mailbox = ${lease.mailbox} and (epoch < ${epoch} or uid <= ${watermark})`.execute(
          tx,
        );
      }),
    async settledUids(mailbox: string, epoch: number, uids: readonly number[]): Promise<ReadonlySet<number>> {
      const { rows } = await database.ask((db) =>
        sql<{
          uid: string;
        }>`select uid from arrivals where door_name = ${mailbox} and epoch = ${epoch} and uid = any(${[...uids]}::bigint[])`.execute(
          db,
        ),
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
  };
}
