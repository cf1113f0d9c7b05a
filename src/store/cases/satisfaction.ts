/** Letters that ask how it was, and what was answered to them. */
import { sql } from 'kysely';
import type { ClosingNeeds, ClosingRecords } from '../../acts/cases/closing/records.ts';
import type { Database } from '../database.ts';

/** What was answered to the letter `l`, oldest first. */
export const answersTo = sql`
  select coalesce(json_agg(json_build_object(
    'score', a.score,
    'at', a.at,
    'by', case when a.mail_id is null then 'page' else 'mail' end) order by a.at, a.id), '[]')
  from satisfaction_answers a
  where a.letter_id = l.id`;

export async function satisfactionRecords(
  database: Database,
  { satisfaction: letter }: ClosingNeeds,
): Promise<ClosingRecords> {
  if (letter === undefined) return {};
  if (!/^[0-9]{1,18}$/.test(letter)) return { satisfaction: null };
  const { rows } = await database.ask((db) =>
    sql<NonNullable<ClosingRecords['satisfaction']>>`
      select
        l.id::text as letter,
        c.number as "case",
        c.id::text as id,
        l.language,
        to_json(l.created_at) #>> '{}' as "askedAt",
        (${answersTo}) as answers
      from letters l
      join cases c on c.id = l.case_id
      where l.id = ${letter}::bigint and l.asks->>'kind' = 'satisfaction'`.execute(db),
  );
  return { satisfaction: rows[0] ?? null };
}
