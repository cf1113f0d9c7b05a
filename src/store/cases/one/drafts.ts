/** Answers that are being written: one of each of our people on a case, with the files that go along. */
import { sql } from 'kysely';
import type { Database } from '../../database.ts';
import { time } from '../../reports/reports.ts';

export type Draft = {
  readonly text: string;
  /** The newest message that its writer has seen. */
  readonly seen: string;
  readonly begunAt: string;
  readonly keptAt: string;
  readonly files: readonly DraftFile[];
};
export type DraftFile = { readonly id: string; readonly name: string; readonly type: string; readonly size: number };
export type NewFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
type Of = { readonly caseId: string; readonly staff: string };

export async function draftOf(database: Database, { caseId, staff }: Of): Promise<Draft | null> {
  const { rows } = await database.ask((db) =>
    sql<Draft>`
      select
        d.text,
        d.seen::text as seen,
        ${time('d.begun_at')} as "begunAt",
        ${time('d.kept_at')} as "keptAt",
        coalesce(
          (
            select json_agg(json_build_object(
              'id', f.id::text, 'name', f.name, 'type', f.type, 'size', octet_length(f.content)) order by f.id)
            from draft_files f
            where f.draft_id = d.id
          ),
          '[]') as files
      from drafts d
      where d.case_id = ${caseId}::bigint and d.staff = ${staff}`.execute(db),
  );
  return rows[0] ?? null;
}

/** `seen` counts where it is begun with this; `anew` moves it, once what came in was shown. The text stays where none is given. */
export async function keepDraft(
  database: Database,
  given: Of & {
    readonly text: string | null;
    readonly seen: string;
    readonly anew?: boolean;
    readonly files?: readonly NewFile[];
  },
): Promise<void> {
  const { caseId, staff, text, seen, anew = false, files = [] } = given;
  await database.transaction(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into drafts (case_id, staff, text, seen)
      values (${caseId}::bigint, ${staff}, ${text ?? ''}, ${seen}::bigint)
      on conflict (case_id, staff) do update set
        text = coalesce(${text}, drafts.text),
        kept_at = now(),
        seen = case when ${anew} then greatest(drafts.seen, excluded.seen) else drafts.seen end
      returning id::text`.execute(tx);
    const [draft] = rows;
    for (const file of draft ? files : [])
      await sql`
        insert into draft_files (draft_id, name, type, content)
        values (${draft?.id}::bigint, ${file.name}, ${file.type}, ${Buffer.from(file.bytes)})`.execute(tx);
  });
}

export async function takeFileOff(database: Database, { caseId, staff, file }: Of & { file: string }): Promise<void> {
  await database.ask((db) =>
    sql`
      delete from draft_files f
      using drafts d
      where d.id = f.draft_id
        and d.case_id = ${caseId}::bigint
        and d.staff = ${staff}
        and f.id = ${file}::bigint`.execute(db),
  );
}

export async function filesOfDraft(database: Database, { caseId, staff }: Of): Promise<readonly NewFile[]> {
  const { rows } = await database.ask((db) =>
    sql<{ name: string; type: string; content: Buffer }>`
      select f.name, f.type, f.content
      from draft_files f
      join drafts d on d.id = f.draft_id
      where d.case_id = ${caseId}::bigint and d.staff = ${staff}
      order by f.id`.execute(db),
  );
  return rows.map(({ name, type, content }) => ({ name, type, bytes: content }));
}

/** It has gone out, or is wanted no more. `text`: only as it went out; what was typed since stays. */
export async function dropDraft(
  database: Database,
  { caseId, staff, text = null }: Of & { readonly text?: string | null },
): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql`
      delete from drafts
      where case_id = ${caseId}::bigint and staff = ${staff} and (${text}::text is null or text = ${text})
      returning id`.execute(db),
  );
  return rows.length > 0;
}
