/**
 * Lists of the console over letters and the audit trail. Rows that every mail writes have a place in none of these indexes, so that a mail
 * costs what it did; they are found by the primary key, which grows with time. What store/audit/indexed.ts asks by has to read the same.
 */
import { type Kysely, sql } from 'kysely';

const statements = `
-- What a person has said of a letter that did not arrive; null: nobody has dealt with it.
alter table letters add column marked_as text, add column marked_at timestamptz;

create index audit_by_actor on audit (coalesce(substring(actor from ' (?:for|of) ([^ ]+@[^ ]+)$'), actor), id)
  where actor <> 'outbound' and actor not like 'door:%' and (actor not like 'mail:%' or actor like 'mail:% of %');
create index audit_by_action on audit (action, id)
  where action not in ('mail-stored', 'case-opened', 'case-updated', 'mail-decided', 'letter-queued', 'letter-sent',
    'letter-suppressed');
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
