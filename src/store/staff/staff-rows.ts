/** People of the operator who were added beside postern.yaml. */
import { sql } from 'kysely';
import type { StaffMember } from '../../staff/staff.ts';
import type { Database } from '../database.ts';

/** Null: all of them, by their addresses. */
export async function staffRows(
  database: Database,
  emails: readonly string[] | null = null,
): Promise<readonly StaffMember[]> {
  const { rows } = await database.ask((db) =>
    sql<{ person: StaffMember }>`
      select person
      from staff
      where ${emails}::text[] is null or email = any(${emails}::text[])
      order by email`.execute(db),
  );
  return rows.map(({ person }) => person);
}
