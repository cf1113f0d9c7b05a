import { sql } from 'kysely';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { Db } from '../database.ts';

export type ReservedIds = {
  readonly cases: readonly { readonly id: string; readonly number: CaseNumber }[];
  readonly letters: readonly string[];
};

/** Reserves ids and case numbers before anything is written, for several decisions at once. A number that is not used leaves a gap. */
export async function reserveIds(db: Db, needs: readonly { cases: number; letters: number }[]): Promise<ReservedIds[]> {
  const cases = needs.reduce((sum, need) => sum + need.cases, 0);
  const letters = needs.reduce((sum, need) => sum + need.letters, 0);
  if (cases + letters === 0) return needs.map(() => ({ cases: [], letters: [] }));
  const { rows } = await sql<{ id: string; number: CaseNumber | null }>`
    select nextval('cases_id_seq')::text as id, nextval('case_numbers')::text as number
    from generate_series(1, ${cases}::int)
    union all
    select nextval('letter_ids')::text, null
    from generate_series(1, ${letters}::int)`.execute(db);
  const reserved = rows.flatMap(({ id, number }) => (number === null ? [] : [{ id, number }]));
  const rest = rows.filter(({ number }) => number === null).map(({ id }) => id);
  return needs.map((need) => ({ cases: reserved.splice(0, need.cases), letters: rest.splice(0, need.letters) }));
}
