/** What becomes of the cases of people, and of addresses, that leave the registry (POLICY §8.9). */
import { type RawBuilder, sql } from 'kysely';
import { recipientRemoved } from '../../../changes/contacts/contacts.ts';
import type { Role } from '../../../registry/site.ts';
import { readAnew } from '../../cases/listed/search-rows.ts';
import type { Tx } from '../../database.ts';

type Lost = { readonly site: string; readonly address: string };

/**
 * Addresses that are on record no more take part in the cases of their site no more, and letters about them that have not gone out yet
 * never do. What those asked for who go themselves is the primary's; of who stays it goes to the address on record. Answers with the ids
 * of the open cases that were handed over. The rows of who goes still stand, and the addresses of who stays.
 */
export async function partWith(
  tx: Tx,
  gone: readonly string[],
  lost: readonly Lost[],
  { reason }: { readonly reason: string } = recipientRemoved,
): Promise<string[]> {
  if (lost.length === 0) return [];
  const addresses = sql`jsonb_to_recordset(${JSON.stringify(lost)}::jsonb) as t(site bigint, address text)`;
  const ids = sql`${[...gone]}::bigint[]`;
  await sql`
    delete from case_participants p
    using cases c, ${addresses}
    where c.site_id = t.site and p.case_id = c.id and p.address = t.address`.execute(tx);
  await sql`
    update letters l
    set state = 'suppressed', state_reason = ${reason}
    from cases c, ${addresses}
    where c.site_id = t.site
      and l.case_id = c.id
      and l.to_address = t.address
      and l.state in ('queued', 'waiting')
      and l.claimed_by is null`.execute(tx);
  const { rows: kept } = await sql<{ id: string }>`
    update cases k
    set contact_address = a.address
    from contact_addresses a, ${addresses}
    where k.site_id = t.site
      and k.contact_address = t.address
      and a.contact_id = k.contact_id
      and a.main
      and k.contact_id <> all(${ids})
    returning k.id::text`.execute(tx);
  const given = gone.length === 0 ? [] : await handOver(tx, ids);
  // The search knows the requester by address.
  const moved = [...kept, ...given].map(({ id }) => id);
  if (moved.length > 0) await readAnew(tx, sql`select distinct unnest(${moved}::bigint[]) as case_id`);
  return given.filter(({ status }) => status === 'open').map(({ id }) => id);
}

/** What those asked for who go themselves: the cases that are the primary's now. */
async function handOver(tx: Tx, ids: RawBuilder<unknown>) {
  const { rows } = await sql<{ id: string; status: string }>`
    update cases k
    set contact_id = o.id,
      contact_address = a.address,
      version_no = k.version_no + 1,
      timer_at = case when k.status = 'open' then now() else k.timer_at end
    from contacts left_site
    join contacts o on o.site_id = left_site.site_id
    join contact_addresses a on a.contact_id = o.id and a.main
    where left_site.id = any(${ids})
      and k.contact_id = left_site.id
      and o.role = ${sql.lit('primary' satisfies Role)}
      and o.id <> all(${ids})
    returning k.id::text, k.status`.execute(tx);
  return rows;
}
