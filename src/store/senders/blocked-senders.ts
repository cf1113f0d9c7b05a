/** Senders and domains that get no answer (POLICY §3.r18). A domain stands behind an @ and covers what is below it. */
import { sql } from 'kysely';
import type { Db, Tx } from '../database.ts';

type Blocked = { readonly key: string; readonly at: string; readonly by: string };

export async function blockedSenders(db: Db | Tx): Promise<Blocked[]> {
  const { rows } = await sql<Blocked>`
    select key, to_json(blocked_at) #>> '{}' as at, blocked_by as by
    from blocked_senders
    where lifted_at is null
    order by key`.execute(db);
  return rows;
}

export async function isBlocked(db: Db | Tx, key: string): Promise<boolean> {
  const { rows } = await sql`select from blocked_senders where key = ${key} and lifted_at is null`.execute(db);
  return rows.length > 0;
}

/** Contacts with that address or domain: a block says nothing to them. */
export async function contactsUnder(db: Db | Tx, key: string): Promise<number> {
  const address = key.startsWith('@') ? null : key;
  const { rows } = await sql<{ n: string }>`
    select count(distinct contact_id) as n
    from contact_addresses
    where address = ${address}::text or (${address}::text is null
      and (address like ${`%${escaped(key)}`} or address like ${`%.${escaped(key.slice(1))}`}))`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
