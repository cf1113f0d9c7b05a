import { sql } from 'kysely';
import { actorOf } from '../../../changes/by.ts';
import type {
  LanguageAdded,
  LanguageRemoved,
  TemplatePut,
  TemplateRestored,
} from '../../../changes/templates/templates.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';

/** One at a time: versions become visible in the order of their numbers, by which other processes see that there is a newer one. */
async function takeNewest(tx: Tx, { language, name, seen }: TemplatePut | TemplateRestored): Promise<void> {
  await sql`lock table template_versions in share row exclusive mode`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select id::text
    from template_versions
    where language = ${language} and name = ${name}
    order by template_versions.id desc
    limit 1`.execute(tx);
  if ((rows[0]?.id ?? null) !== seen) throw new Failure('facts-stale', 'the template was changed meanwhile');
}

export async function writeTemplatePut(tx: Tx, change: TemplatePut): Promise<void> {
  await takeNewest(tx, change);
  const { language, name, subject, body, shippedHash, tried, why, by } = change;
  await sql`
    insert into template_versions (language, name, subject, body, shipped_hash, tried, why, actor)
    values (${language}, ${name}, ${subject}, ${body}, ${shippedHash}, ${tried}, ${why}, ${actorOf(by)})`.execute(tx);
}

export async function writeTemplateRestored(tx: Tx, change: TemplateRestored): Promise<void> {
  await takeNewest(tx, change);
  const { language, name, why, by } = change;
  await sql`
    insert into template_versions (language, name, why, actor)
    values (${language}, ${name}, ${why}, ${actorOf(by)})`.execute(tx);
}

export async function writeLanguageAdded(tx: Tx, { language, by }: LanguageAdded): Promise<void> {
  const { rows } = await sql`
    insert into template_languages (language, actor)
    values (${language}, ${actorOf(by)})
    on conflict do nothing
    returning 1`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', 'the language was added meanwhile');
}

/** Nobody begins a template in it meanwhile. */
export async function writeLanguageRemoved(tx: Tx, { language }: LanguageRemoved): Promise<void> {
  await sql`lock table template_versions in share row exclusive mode`.execute(tx);
  const { rows } = await sql`
    delete from template_languages
    where language = ${language}
      and not exists (
        select
        from (
          select distinct on (name) body
          from template_versions
          where language = ${language}
          order by name, id desc
        ) newest
        where body is not null)
    returning 1`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', 'the language was changed meanwhile');
}
