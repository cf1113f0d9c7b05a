/** How it is written that a person is erased (POLICY §11.5): what cannot wait, and what is to be looked through behind it. */
import { sql } from 'kysely';
import { type PersonErased, recipientErased } from '../../../changes/contacts/contacts.ts';
import type { Role } from '../../../registry/site.ts';
import { readAnew } from '../../cases/listed/search-rows.ts';
import type { Tx } from '../../database.ts';

export async function writePersonErased(tx: Tx, change: PersonErased): Promise<PersonErased> {
  const { addresses, wide, names, sites, contacts } = change;
  const theirs = sql`any(${[...addresses]}::text[])`;
  await sql`
    update letters
    set state = 'suppressed', state_reason = ${recipientErased.reason}
    where to_address = ${theirs} and state in ('queued', 'waiting', 'unknown') and claimed_by is null`.execute(tx);
  await sql`delete from case_participants where address = ${theirs}`.execute(tx);
  // Of somebody who is not on record; the cases of a contact went with them.
  const { rows: cases } = await sql<{ id: string }>`
    update cases k
    set contact_id = o.id,
      contact_address = a.address,
      version_no = k.version_no + 1,
      timer_at = case when k.status = 'open' then now() else k.timer_at end
    from contacts o
    join contact_addresses a on a.contact_id = o.id and a.main
    where k.contact_address = ${theirs}
      and o.site_id = k.site_id
      and o.role = ${sql.lit('primary' satisfies Role)}
    returning k.id::text`.execute(tx);
  // The search knows the requester by address, and what looks through the rows behind this sees that of the primary.
  if (cases.length > 0) await readAnew(tx, sql`select unnest(${cases.map(({ id }) => id)}::bigint[]) as case_id`);
  const { rows } = await sql<{ id: string }>`
    insert into erasures (contacts, who)
    values (${[...contacts]}::bigint[], ${JSON.stringify({ addresses, wide, names, sites })}::jsonb)
    returning id::text`.execute(tx);
  return { ...change, erasure: rows[0]?.id ?? '' };
}
