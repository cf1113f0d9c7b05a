/** Accounts that name one of our people for their renewals. */
import { sql } from 'kysely';
import type { Represents } from '../../acts/staff/records.ts';
import type { Database } from '../database.ts';

const mostNamed = 3;

export async function representedBy(database: Database, email: string): Promise<Represents> {
  const { rows } = await database.ask((db) =>
    sql<{ number: string; name: string; count: number }>`
      select s.number, s.name, (count(*) over ())::int as count
      from sites s
      where s.representative = ${email}
      order by s.number
      limit ${mostNamed}`.execute(db),
  );
  return { first: rows.map(({ number, name }) => ({ number, name })), count: rows[0]?.count ?? 0 };
}
