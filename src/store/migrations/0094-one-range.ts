import { type Kysely, sql } from 'kysely';

const statements = `
-- One range of a mailbox is fetched again at a time. Of two that were asked for in one moment the first stays.
update mailbox_refetches r
set
  done_at = now(),
  failure = 'another range of this mailbox was asked for in the same moment: ask for this one again'
where r.done_at is null
  and exists (
    select
    from mailbox_refetches f
    where f.mailbox = r.mailbox and f.done_at is null and f.id < r.id
  );
create unique index mailbox_refetches_one on mailbox_refetches (mailbox) where done_at is null;
-- There is no more than one to be put in order.
drop index mailbox_refetches_open;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
