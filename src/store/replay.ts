import { sql } from 'kysely';
import type { Database } from './database.ts';
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
      select m.id::text, to_json(m.arrived_at) #>> '{}' as "arrivedAt", m.mail_from as "mailFrom", m.rcpt_to as "rcptTo", m.headers_only as "headersOnly", m.must_wait as "mustWait", m.admitted,
        m.state, m.outcome, (select number from cases c where c.id = m.case_id) as "case", (select raw from mail_bytes b where b.mail_id = m.id) as raw, (select sealed from mail_bytes b where b.mail_id = m.id) as sealed
      from mails m where m.id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

/** Takes a decided or given-up mail without a case in hand again; false where it is none, or somebody has it. */
export async function reclaimMail(database: Database, id: string, worker: string, actor: string): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql`with again as (
        update mails set state = 'new', outcome = null, reason = null, fence = fence + 1, claimed_by = ${worker}, claimed_at = now(), tries = 1, due_at = now() + interval '60 seconds'
        where id = ${id} and state in ('decided', 'dead') and case_id is null returning id
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id) select ${actor}::text, 'mail-replayed', 'mail', id::text from again
      ) select id from again`.execute(db),
  );
  return rows.length > 0;
}

export async function mailsWithOutcome(database: Database, outcome: string): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from mails where outcome = ${outcome} order by id`.execute(db),
  );
  return rows.map((row) => row.id);
}
