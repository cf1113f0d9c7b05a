/** What a mail says, as it was stored when it was decided: secrets are covered in it. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

type MailText = {
  readonly text: string;
  readonly attachments: readonly { readonly name?: string; readonly type?: string; readonly size?: number }[];
};

/** Null where it was not read yet, could not be read, or is kept no longer. */
export async function mailText(database: Database, id: string): Promise<MailText | null> {
  const { rows } = await database.ask((db) =>
    sql<MailText>`
      select coalesce(facts->>'text', '') as text, coalesce(facts->'attachments', '[]') as attachments
      from mails where id = ${id}::bigint and facts is not null`.execute(db),
  );
  return rows[0] ?? null;
}
