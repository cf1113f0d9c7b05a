/** Answers that are kept to be used again. */
import { sql } from 'kysely';
import { writeAudit } from '../../audit.ts';
import type { Database, Tx } from '../../database.ts';
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

type Write = Omit<Save, 'id'>;
/** Two that differ in capitals are one. */
const nameIsFree = (name: string, id: string | null) => sql`
  not exists (
    select
    from canned_answers
    where lower(name) = lower(${name}) and id is distinct from ${id}::bigint)`;

const insert = (tx: Tx, { name, text, staff }: Write) =>
  sql<{ id: string }>`
    insert into canned_answers (name, text, changed_by)
    select ${name}, ${text}, ${staff}
    where ${nameIsFree(name, null)}
    returning id::text`.execute(tx);

const update = (tx: Tx, { id, name, text, staff }: Write & { readonly id: string }) =>
  sql<{ id: string }>`
    update canned_answers set name = ${name}, text = ${text}, changed_by = ${staff}, changed_at = now()
    where id = ${id}::bigint and ${nameIsFree(name, id)}
    returning id::text`.execute(tx);

/** False: another one has this name, or the one that is meant is there no more. */
export const saveCanned = (database: Database, { id, name, text, staff }: Save, actor: string): Promise<boolean> =>
  database.transaction(async (tx) => {
    const { rows } = await (id === null ? insert(tx, { name, text, staff }) : update(tx, { id, name, text, staff }));
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
