/** One watcher at a time reads a mailbox: a lease with a fencing number, of 10 s, renewed every 3 s (MAIL.md §1). */
import { sql } from 'kysely';
import { Failure } from '../../foundation/failure.ts';
import type { Database, Db, Tx } from '../database.ts';

export type Lease = { readonly mailbox: string; readonly fence: number };

/**
 * Whether that watcher still has the mailbox; keeps it so until the transaction ends. A watcher that was stopped or cut off in
 * between would keep the others out for as long: then the database ends its transaction after 5 s.
 */
export async function holdsLease(tx: Tx | Db, mailbox: string, fence: number): Promise<boolean> {
  const { rows } = await sql`
      select set_config('idle_in_transaction_session_timeout', '5s', true)
      from mailboxes
      where name = ${mailbox} and lease_fence = ${fence} and lease_until > now() for share`.execute(tx);
  return rows.length > 0;
}

/** Fails with `lease-lost`. */
export async function withLease<T>(database: Database, lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.transaction(async (tx) => {
    if (!(await holdsLease(tx, lease.mailbox, lease.fence)))
      throw new Failure('lease-lost', `the lease of mailbox ${lease.mailbox} went to another watcher`);
    return work(tx);
  });
}

export const mailboxLeases = (database: Database) => ({
  async takeLease(mailbox: string, holder: string): Promise<Lease | null> {
    const { rows } = await database.ask((db) =>
      sql<{ fence: string }>`
        with known as (
          insert into mailboxes as m (name, lease_holder, lease_fence, lease_until)
          values (${mailbox}, ${holder}, 1, now() + interval '10 seconds')
          on conflict (name) do nothing
          returning lease_fence
        ), free as (
          select name
          from mailboxes
          where name = ${mailbox} and (lease_until is null or lease_until <= now())
          for update skip locked
        ), taken as (
          update mailboxes m
          set
            lease_holder = ${holder},
            lease_fence = m.lease_fence + 1,
            lease_until = now() + interval '10 seconds'
          from free
          where m.name = free.name
          returning m.lease_fence
        )
        select lease_fence as fence
        from known
        union all
        select lease_fence
        from taken`.execute(db),
    );
    return rows[0] ? { mailbox, fence: Number(rows[0].fence) } : null;
  },
  async othersRead(mailbox: string, holder: string): Promise<boolean> {
    const { rows } = await database.ask((db) =>
      sql`
        select
        from mailboxes
        where name = ${mailbox}
          and lease_holder <> ${holder}
          and lease_until > now()
          and not state ? 'problem'`.execute(db),
    );
    return rows.length > 0;
  },
  async renewLease(lease: Lease): Promise<boolean> {
    const { rows } = await database.ask((db) =>
      sql`
        update mailboxes
        set lease_until = now() + interval '10 seconds'
        where name = ${lease.mailbox} and lease_fence = ${lease.fence} and lease_until > now()
        returning name`.execute(db),
    );
    return rows.length > 0;
  },
  async releaseLease(lease: Lease): Promise<void> {
    await database.ask((db) =>
      sql`
        update mailboxes
        set lease_until = null, lease_holder = null
        where name = ${lease.mailbox} and lease_fence = ${lease.fence}`.execute(db),
    );
  },
});
