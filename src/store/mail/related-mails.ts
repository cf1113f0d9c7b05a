/** Mails around one: of its thread, its case and its sender. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { lineColumns, type MailLine } from './search-mails.ts';

export type Relation = 'answers' | 'case' | 'sender' | 'copy' | 'settled-by';
export type RelatedMail = MailLine & { readonly relation: Relation };

const mostBeside = 5;

/**
 * Mails around one: what it answers, others on its case and of its sender, copies, and what settled it. Each by an index, the nearest
 * in time; one that is several of these is the first of them.
 */
export async function relatedMails(
  database: Database,
  { id, answers }: { readonly id: string; readonly answers: readonly string[] },
): Promise<RelatedMail[]> {
  const { rows } = await database.ask((db) =>
    sql<RelatedMail>`
      with t as (
        select id, case_id, from_address, arrived_at, settled_by, duplicate_of
        from mails
        where id = ${id}::bigint
      ),
      related as (
        select 1 as rank, 'answers' as relation, o.id
        from mails o
        where o.message_id = any(${[...answers]}::text[])
        union all
        select 2, 'settled-by', settled_by
        from t
        where settled_by is not null
        union all
        select 3, 'copy', duplicate_of
        from t
        where duplicate_of is not null
        union all
        select 3, 'copy', o.id
        from t
        join lateral (select id from mails where duplicate_of = t.id order by id limit ${mostBeside}) o on true
        union all
        select 4, 'case', o.id
        from t
        join lateral (
          (select o.id from mails o where o.case_id = t.case_id and o.id < t.id order by o.id desc limit ${mostBeside})
          union all
          (select o.id from mails o where o.case_id = t.case_id and o.id > t.id order by o.id limit ${mostBeside})
        ) o on true
        union all
        select 5, 'sender', o.id
        from t
        join lateral (
          (
            select o.id
            from mails o
            where o.from_address = t.from_address and o.arrived_at < t.arrived_at
            order by o.arrived_at desc
            limit ${mostBeside}
          )
          union all
          (
            select o.id
            from mails o
            where o.from_address = t.from_address and o.arrived_at > t.arrived_at
            order by o.arrived_at
            limit ${mostBeside}
          )
        ) o on true
      )
      select ${lineColumns}, r.relation
      from (
        select distinct on (id) id, relation
        from related
        where id <> ${id}::bigint
        order by id, rank
      ) r
      join mails m on m.id = r.id
      order by m.arrived_at desc, m.id desc`.execute(db),
  );
  return rows;
}
