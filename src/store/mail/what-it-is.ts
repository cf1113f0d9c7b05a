/** What a number or a name stands for, where somebody typed it without saying so. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';

export async function hasMessageId(db: Db, messageId: string): Promise<boolean> {
  const { rows } = await sql`select from mails where message_id = ${messageId} limit 1`.execute(db);
  return rows.length > 0;
}

/** Null: neither. */
export async function numberIs(db: Db, number: string): Promise<'case' | 'site' | null> {
  const { rows } = await sql<{ what: 'case' | 'site' }>`
    select 'case' as what
    from cases
    where number = ${number}
    union all
    select 'site'
    from sites
    where number = ${number}
    limit 1`.execute(db);
  return rows[0]?.what ?? null;
}

export async function newestMail(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select coalesce(max(id), 0)::text as id from mails`.execute(db);
  return rows[0]?.id ?? '0';
}
