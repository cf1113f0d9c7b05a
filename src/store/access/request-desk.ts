/** What the pages about requests for access ask beside the lists (POLICY §8): how many there are, and what was written about one. */
import { type RawBuilder, sql } from 'kysely';
import { type RequestState, requestStates } from '../../access/request.ts';
import type { Database } from '../database.ts';
import { type LetterListItem, letterColumns } from '../letters/letter-list.ts';
import { upTo } from '../literals.ts';
import { time } from '../reports/reports.ts';

export type RequestCounts = Readonly<Record<RequestState, number>>;

export async function countRequests(database: Database): Promise<RequestCounts> {
  const counts = requestStates.map(
    (state) => sql`${upTo(sql`select from access_requests where state = ${sql.lit(state)}`)} as ${sql.ref(state)}`,
  );
  const { rows } = await database.ask((db) => sql<RequestCounts>`select ${sql.join(counts)}`.execute(db));
  return rows[0] as RequestCounts;
}

export type OwedByCare = { readonly request: string; readonly siteName: string | null; readonly due: string | null };

/** Of these requests: what the site with the number is called, and when client care owes an answer. */
export async function besideRequests(database: Database, ids: readonly string[]): Promise<readonly OwedByCare[]> {
  if (ids.length === 0) return [];
  const { rows } = await database.ask((db) =>
    sql<OwedByCare>`
      select
        r.id::text as request,
        (select s.name from sites s where s.number = r.site_named) as "siteName",
        (
          select ${time('k.due')}
          from care_clocks k
          where k.done_at is null and k.mail_id = coalesce(r.mail_id, (${verifyingMail(sql`r.id`)}))
        ) as due
      from access_requests r
      where r.id = any(${[...ids]}::bigint[])`.execute(db),
  );
  return rows;
}

const verifyingMail = (request: RawBuilder<unknown>) => sql`
  select min(v.mail_id) from access_request_steps v where v.request_id = ${request} and v.kind = 'verified'`;

const mostLetters = 100;

/**
 * Found by the mails that brought them about, and by who asks and who is at the site, since it was asked: letters have no index by what they
 * are about. Newest last.
 */
export async function lettersOfRequest(database: Database, id: string): Promise<LetterListItem[]> {
  const matter = `access:${id}`;
  const { rows } = await database.ask((db) =>
    sql<LetterListItem>`
      with mails_of as (
        select r.mail_id as id from access_requests r where r.id = ${id}::bigint and r.mail_id is not null
        union
        select t.mail_id from access_request_steps t where t.request_id = ${id}::bigint and t.mail_id is not null
      ),
      found as (
        select l.id from letters l where l.caused_by in (select id from mails_of)
        union
        select l.id
        from access_requests r
        join letters l
          on l.created_at >= (select min(t.at) from access_request_steps t where t.request_id = r.id)
          and (
            l.to_address = r.address
            or l.to_address = any(array(
              select a.address
              from sites s
              join contact_addresses a on a.site_id = s.id and a.main
              where s.number = r.site_named)))
        where r.id = ${id}::bigint
      )
      select ${letterColumns}
      from letters l
      where l.id in (select id from found) and (l.matter = ${matter} or starts_with(l.matter, ${`${matter}:`}))
      order by l.id
      limit ${mostLetters}`.execute(db),
  );
  return rows;
}
