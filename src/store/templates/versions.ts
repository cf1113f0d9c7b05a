/** Templates that were changed here, with their history, and languages that were added. */
import { sql } from 'kysely';
import type { TemplateVersion } from '../../acts/templates/records.ts';
import type { KeptTemplate } from '../../outbound/templates/in-use.ts';
import type { Database } from '../database.ts';

/** Grows with every change; one index look-up. */
export async function newestVersion(database: Database): Promise<string> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select coalesce(max(id), 0)::text as id from template_versions`.execute(db),
  );
  return rows[0]?.id ?? '0';
}

/** The newest of each, where it is not the shipped one that counts again. */
export async function keptTemplates(database: Database): Promise<readonly KeptTemplate[]> {
  const { rows } = await database.ask((db) =>
    sql<KeptTemplate>`
      select *
      from (
        select distinct on (language, name)
          id::text,
          language,
          name,
          subject,
          body,
          shipped_hash as "shippedHash",
          actor as by,
          to_json(at) #>> '{}' as at
        from template_versions
        order by language, name, template_versions.id desc
      ) newest
      where body is not null`.execute(db),
  );
  return rows;
}

export type WrittenVersion = TemplateVersion & {
  readonly why: string;
  readonly tried: number;
  readonly shippedHash: string | null;
};
type Of = { readonly language: string; readonly name: string };

const written = sql`
  id::text,
  subject,
  body,
  actor as by,
  to_json(at) #>> '{}' as at,
  why,
  tried,
  shipped_hash as "shippedHash"`;

/** The newest first, below `before` where it is given. */
export async function versionsOf(
  database: Database,
  { language, name, before = null, most }: Of & { readonly before?: string | null; readonly most: number },
): Promise<readonly WrittenVersion[]> {
  const { rows } = await database.ask((db) =>
    sql<WrittenVersion>`
      select ${written}
      from template_versions
      where language = ${language}
        and name = ${name}
        and (${before}::bigint is null or id < ${before}::bigint)
      order by template_versions.id desc
      limit ${most}`.execute(db),
  );
  return rows;
}

/** Null: there is none of this template by this id. */
export async function versionOf(
  database: Database,
  id: string,
  { language, name }: Of,
): Promise<WrittenVersion | null> {
  const { rows } = await database.ask((db) =>
    sql<WrittenVersion>`
      select ${written}
      from template_versions
      where id = ${id}::bigint and language = ${language} and name = ${name}`.execute(db),
  );
  return rows[0] ?? null;
}

export async function addedLanguages(database: Database): Promise<readonly string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ language: string }>`select language from template_languages order by language`.execute(db),
  );
  return rows.map(({ language }) => language);
}
