/** What the last letters of each kind were written from. */
import { sql } from 'kysely';
import type { LetterTemplate } from '../../outbound/letter.ts';
import type { ToRender } from '../../outbound/templates/views.ts';
import type { Database } from '../database.ts';

/** So many of each kind are kept. */
export const keptOfAKind = 10;

export type NotedLetter = {
  readonly id: string;
  readonly template: LetterTemplate;
  readonly language: string;
  /** JSON. */
  readonly letter: string;
};

/** Of letters that are there; of each kind the newest stay. */
export async function keepLetterValues(database: Database, noted: readonly NotedLetter[]): Promise<void> {
  await database.transaction(async (tx) => {
    await sql`
      insert into letter_values (letter_id, template, language, letter, to_address, case_id, caused_by)
      select n.id, n.template, n.language, n.letter::jsonb, l.to_address, l.case_id, l.caused_by
      from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
        as n(id bigint, template text, language text, letter text)
      join letters l on l.id = n.id
      where l.emptied_at is null
      on conflict do nothing`.execute(tx);
    await sql`
      delete from letter_values v
      using (
        select distinct n.template
        from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as n(template text)
      ) kinds
      where v.template = kinds.template
        and v.letter_id not in (
          select newest.letter_id
          from letter_values newest
          where newest.template = v.template
          order by newest.letter_id desc
          limit ${keptOfAKind})`.execute(tx);
  });
}

export type RecentLetter = {
  readonly id: string;
  readonly language: string;
  readonly at: string;
  readonly letter: ToRender;
};

/** The newest first. */
export async function recentLetters(database: Database, template: string): Promise<readonly RecentLetter[]> {
  const { rows } = await database.ask((db) =>
    sql<RecentLetter>`
      select letter_id::text as id, language, letter, to_json(at) #>> '{}' as at
      from letter_values
      where template = ${template}
      order by letter_id desc
      limit ${keptOfAKind}`.execute(db),
  );
  return rows;
}

/** Returns how many went. */
export async function forgetLetterValues(database: Database, days: number): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: number }>`
      with gone as (
        delete from letter_values where at < now() - make_interval(days => ${days}) returning 1
      )
      select count(*)::int as n
      from gone`.execute(db),
  );
  return rows[0]?.n ?? 0;
}
