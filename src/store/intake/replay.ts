import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { ClaimedMail } from './mails.ts';

export type StoredMail = Omit<ClaimedMail, 'tries'> & {
  readonly state: 'new' | 'decided' | 'dead';
  readonly outcome: string | null;
  readonly case: string | null;
};

export async function storedMail(database: Database, id: string): Promise<StoredMail | null> {
  if (!/^[0-9]{1,18}$/.test(id)) return null;
  const { rows } = await database.ask((db) =>
    sql<StoredMail>`
      select
        m.id::text,
        to_json(m.arrived_at) #>> '{}' as "arrivedAt",
        m.mail_from as "mailFrom",
        m.rcpt_to as "rcptTo",
        m.headers_only as "headersOnly",
        m.must_wait as "mustWait",
        m.admitted,
        m.state,
        m.outcome,
        (select number from cases c where c.id = m.case_id) as "case",
        (select raw from mail_bytes b where b.mail_id = m.id and m.emptied_at is null) as raw,
        (select sealed from mail_bytes b where b.mail_id = m.id) as sealed
      from mails m
      where m.id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

export async function mailsWithOutcome(database: Database, outcome: string): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from mails where outcome = ${outcome} order by id`.execute(db),
  );
  return rows.map((row) => row.id);
}
