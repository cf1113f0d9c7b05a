import { sql } from 'kysely';
import type { Database } from '../database.ts';

export type MailOutcome = {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly case: string | null;
};

/** What became of these mails so far. */
export async function outcomesOfMails(database: Database, ids: readonly string[]): Promise<MailOutcome[]> {
  const { rows } = await database.ask((db) =>
    sql<MailOutcome>`
      select
        m.id::text,
        m.state,
        m.outcome,
        m.reason,
        (select number from cases c where c.id = m.case_id) as "case"
      from mails m
      where m.id = any(${[...ids]}::bigint[])
      order by m.id`.execute(db),
  );
  return rows;
}

/** The mail whose bytes have this SHA-256. */
export async function mailWithBytes(
  database: Database,
  sha256: Buffer,
): Promise<{ readonly id: string; readonly outcome: string | null } | null> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string; outcome: string | null }>`select id::text, outcome from mails where sha256 = ${sha256}`.execute(
      db,
    ),
  );
  return rows[0] ?? null;
}

export type LetterOutcome = {
  readonly id: string;
  readonly template: string;
  readonly to: string;
  readonly state: string;
  readonly messageId: string;
  readonly causedBy: string;
};

export async function lettersOf(database: Database, mails: readonly string[]): Promise<LetterOutcome[]> {
  const { rows } = await database.ask((db) =>
    sql<LetterOutcome>`
      select
        id::text,
        template,
        to_address as "to",
        state,
        message_id as "messageId",
        caused_by::text as "causedBy"
      from letters
      where caused_by = any(${[...mails]}::bigint[])
      order by id`.execute(db),
  );
  return rows;
}

/** The id of the newest letter of that kind, whatever caused it. */
export async function newestOfKind(database: Database, template: string): Promise<string | null> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from letters where template = ${template} order by id desc limit 1`.execute(db),
  );
  return rows[0]?.id ?? null;
}

/** A letter as it is stored: sealed, where it tells a secret. */
export async function storedLetter(
  database: Database,
  id: string,
): Promise<{ readonly raw: Buffer | null; readonly sealed: boolean } | null> {
  const { rows } = await database.ask((db) =>
    sql<{ raw: Buffer | null; sealed: boolean }>`select raw, sealed from letters where id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

export async function mailCount(database: Database): Promise<number> {
  const { rows } = await database.ask((db) => sql<{ n: string }>`select count(*) as n from mails`.execute(db));
  return Number(rows[0]?.n ?? 0);
}

export async function newestMails(
  database: Database,
  count: number,
): Promise<(MailOutcome & { readonly subject: string | null })[]> {
  const { rows } = await database.ask((db) =>
    sql<MailOutcome & { subject: string | null }>`
      select
        m.id::text,
        m.state,
        m.outcome,
        m.reason,
        m.subject,
        (select number from cases c where c.id = m.case_id) as "case"
      from mails m
      order by m.id desc
      limit ${count}`.execute(db),
  );
  return rows;
}
