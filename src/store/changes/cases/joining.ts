/** How cases become one, and one becomes two. Their mails stay where they were shown, but for those that are split off. */
import { sql } from 'kysely';
import type { CaseMerged, CaseSplit, CaseUnmerged } from '../../../changes/cases/joining.ts';
import { Failure } from '../../../foundation/failure.ts';
import { caseNumber } from '../../../foundation/ids.ts';
import { readAnew } from '../../cases/listed/search-rows.ts';
import type { Tx } from '../../database.ts';

export async function writeCaseMerged(tx: Tx, { id, into, at }: CaseMerged): Promise<void> {
  await sql`
    update cases
    set
      status = 'closed',
      closed_at = ${at}::timestamptz,
      merged_into = ${into.id}::bigint,
      proposal = null,
      proposed_at = null
    where id = ${id}::bigint`.execute(tx);
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    select ${into.id}::bigint, p.address, p.contact_id, ${at}::timestamptz
    from case_participants p
    where p.case_id = ${id}::bigint
    union
    select ${into.id}::bigint, c.contact_address, c.contact_id, ${at}::timestamptz
    from cases c
    where c.id = ${id}::bigint
    on conflict do nothing`.execute(tx);
}

export async function writeCaseUnmerged(tx: Tx, { id, from, joinedAt }: CaseUnmerged): Promise<void> {
  await sql`
    update cases set status = 'open', closed_at = null, merged_into = null, clock_runs = true
    where id = ${id}::bigint`.execute(tx);
  await sql`
    delete from case_participants
    where case_id = ${from.id}::bigint and added_at = ${joinedAt}::timestamptz`.execute(tx);
}

/** The new one begins as the old one stands, by whoever wrote the first of its mails. */
export async function writeCaseSplit(tx: Tx, change: CaseSplit): Promise<CaseSplit> {
  const { id, mails, title, at, openedAt, clock } = change;
  const moved = sql`${[...mails]}::bigint[]`;
  const { rows } = await sql<{ id: string; number: string }>`
    insert into cases (
      number, site_id, title, severity, kind, status, opened_at, contact_id, contact_address, language, product,
      version, provisional, under_covered, lapsed, due, timer_at, owner, split_from, report)
    select
      nextval('case_numbers')::text, c.site_id, ${title}, c.severity, c.kind, 'open', ${openedAt}::timestamptz,
      m.contact_id, m.author, c.language, c.product, c.version, c.provisional, c.under_covered, c.lapsed,
      ${clock?.due ?? null}::timestamptz, ${at}::timestamptz, c.owner, c.id, '{}'
    from cases c
    join case_messages m on m.case_id = c.id and m.mail_id = any(${moved})
    where c.id = ${id}::bigint
    order by m.at, m.id
    limit 1
    returning id::text, number`.execute(tx);
  const [made] = rows;
  if (!made) throw new Failure('facts-stale', 'none of these mails is on the case any more');
  const to = { id: made.id, case: caseNumber(made.number) };
  await sql`
    update case_messages set case_id = ${to.id}::bigint
    where case_id = ${id}::bigint and mail_id = any(${moved})`.execute(tx);
  await sql`update mails set case_id = ${to.id}::bigint where id = any(${moved})`.execute(tx);
  await readAnew(tx, sql`select unnest(${[id, to.id]}::bigint[]) as case_id`);
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    select distinct on (m.author) m.case_id, m.author, m.contact_id, ${at}::timestamptz
    from case_messages m
    where m.case_id = ${to.id}::bigint
    order by m.author, m.id
    on conflict do nothing`.execute(tx);
  return { ...change, to };
}
