/** Answers that are kept to be used again. */
import { sql } from 'kysely';
import { writeAudit } from '../../audit.ts';
import type { Database } from '../../database.ts';
import { time } from '../../reports/reports.ts';

export type CannedAnswer = {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: string;
};

/** A desk has some dozens of them. */
const mostListed = 500;

export async function cannedAnswers(database: Database): Promise<readonly CannedAnswer[]> {
  const { rows } = await database.ask((db) =>
    sql<CannedAnswer>`
      select
        id::text as id,
        name,
        text,
        changed_by as "changedBy",
        ${time('changed_at')} as "changedAt"
      from canned_answers
      order by lower(name), id
      limit ${sql.lit(mostListed)}`.execute(db),
  );
  return rows;
}

type Save = { readonly id: string | null; readonly name: string; readonly text: string; readonly staff: string };

/** False: another one has this name, or the one that is meant is there no more. */
export const saveCanned = (
  database: Database,
  { id, name, text, staff }: Save,
  actor: string,
): Promise<boolean> =>
  database.transaction(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into canned_answers (id, name, text, changed_by)
      overriding system value
      select coalesce(${id}::bigint, nextval(pg_get_serial_sequence('canned_answers', 'id'))), ${name}, ${text}, ${staff}
      where not exists (select from canned_answers where lower(name) = lower(${name}) and id is distinct from ${id}::bigint)
        and (${id}::bigint is null or exists (select from canned_answers where id = ${id}::bigint))
      on conflict (id) do update set
        name = excluded.name, text = excluded.text, changed_by = excluded.changed_by, changed_at = now()
      returning id::text`.execute(tx);
    const [saved] = rows;
    if (!saved) return false;
    await writeAudit(tx, [
      { actor, action: 'canned-answer-saved', subjectKind: 'canned-answer', subjectId: saved.id, detail: { name } },
    ]);
    return true;
  });

export const removeCanned = (database: Database, id: string, actor: string): Promise<boolean> =>
  database.transaction(async (tx) => {
    const { rows } = await sql<{ name: string }>`
      delete from canned_answers where id = ${id}::bigint returning name`.execute(tx);
    const [gone] = rows;
    if (!gone) return false;
    await writeAudit(tx, [
      {
        actor,
        action: 'canned-answer-removed',
        subjectKind: 'canned-answer',
        subjectId: id,
        detail: { name: gone.name },
      },
    ]);
    return true;
  });
